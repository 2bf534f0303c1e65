import {
  BookOpen, Calendar, CalendarDays, Camera, Car, Check, ChevronRight, Circle, CircleCheck, ClipboardCheck, ClipboardList, Clock, Ellipsis, FileText,
  House, Inbox, Info, KeyRound, LifeBuoy, ListChecks, LogOut, type LucideIcon, Map as MapIcon, MapPin, MessageSquare, Pencil, Phone, Play, Plus, RefreshCw, ScanLine,
  Search, Send, Settings, Star, Timer, Trash2, TriangleAlert, Truck, UserRound, Users, Wrench, X, Zap,
} from 'lucide-react';

/** The built-in set by the names models use (Lucide's). An unknown name shows a dot rather than nothing. */
const ICONS: { readonly [name: string]: LucideIcon } = {
  'book-open': BookOpen, calendar: Calendar, 'calendar-days': CalendarDays, camera: Camera, car: Car, check: Check, 'chevron-right': ChevronRight,
  'circle-check': CircleCheck, 'clipboard-check': ClipboardCheck, 'clipboard-list': ClipboardList, clock: Clock, ellipsis: Ellipsis, 'file-text': FileText, house: House, inbox: Inbox,
  info: Info, 'key-round': KeyRound, 'life-buoy': LifeBuoy, 'list-checks': ListChecks, 'log-out': LogOut, map: MapIcon, 'map-pin': MapPin, 'message-square': MessageSquare, pencil: Pencil,
  phone: Phone, play: Play, plus: Plus, 'refresh-cw': RefreshCw, 'scan-line': ScanLine, search: Search, send: Send, settings: Settings, star: Star, timer: Timer,
  'trash-2': Trash2, 'triangle-alert': TriangleAlert, truck: Truck, 'user-round': UserRound, users: Users, wrench: Wrench, x: X, zap: Zap,
};

export function Icon({ name, size = 18 }: { readonly name: string | undefined; readonly size?: number }) {
  if (!name) return null;
  const Shape = ICONS[name] ?? Circle;
  return <Shape size={size} aria-hidden />;
}
