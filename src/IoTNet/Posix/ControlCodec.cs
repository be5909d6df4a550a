#if IOTNET_POSIX_NAMES
using System;

namespace IoTNet
{
    /// <summary>Turns POSIX's control data (heads and data in one array) into pieces and back. The data itself has the same
    /// layout on both sides.</summary>
    internal static class ControlCodec
    {
        /// <summary>A view of the head at a place; null when the message's control data has no room for it.</summary>
        public static Posix.cmsghdr HeadAt(Posix.msghdr msg, long offset)
        {
            return offset + Posix.cmsghdr.SizeOf <= Available(msg) ? new Posix.cmsghdr(msg.msg_control, (int)offset) : null;
        }

        public static Posix.cmsghdr Next(Posix.msghdr msg, Posix.cmsghdr head)
        {
            // A length that cannot be one would lead backwards, or for ever to the same place.
            long length = head.cmsg_len;
            return length < Posix.cmsghdr.SizeOf || length > Available(msg) ? null
                : HeadAt(msg, head.Offset + Posix.CMSG_ALIGN((int)length));
        }

        /// <summary>Reads what is to be sent along.</summary>
        /// <returns>0; -EFAULT: less memory than the length says; -EINVAL: not control data; -EOPNOTSUPP: more pieces than a
        /// message carries, or SCM_RIGHTS.</returns>
        public static int Read(Posix.msghdr msg, SocketMessage message)
        {
            if (msg.msg_controllen < 0)
            {
                return -Posix.EINVAL;
            }

            if (msg.msg_controllen > 0 && Available(msg) < msg.msg_controllen)
            {
                return -Posix.EFAULT;
            }

            for (Posix.cmsghdr head = HeadAt(msg, 0); head != null; head = Next(msg, head))
            {
                long dataLength = head.cmsg_len - Posix.cmsghdr.SizeOf;
                if (dataLength < 0 || dataLength > msg.msg_controllen - head.Offset - Posix.cmsghdr.SizeOf)
                {
                    return -Posix.EINVAL;
                }

                if (head.cmsg_level == Posix.SOL_SOCKET && head.cmsg_type == Posix.SCM_RIGHTS)
                {
                    return -Posix.EOPNOTSUPP;
                }

                SocketOptionName kind = ToCore(head.cmsg_level, head.cmsg_type);
                if (kind == 0)
                {
                    return -Posix.EINVAL;
                }

                byte[] data = new byte[(int)dataLength];
                Array.Copy(msg.msg_control, head.Offset + Posix.cmsghdr.SizeOf, data, 0, data.Length);
                if (!message.AddControl(new ControlMessage((SocketOptionLevel)head.cmsg_level, kind, data)))
                {
                    return -Posix.EOPNOTSUPP;
                }
            }

            return 0;
        }

        /// <summary>Writes what came along. Linux: a piece that does not fit is cut, and MSG_CTRUNC tells it.</summary>
        /// <returns>0; -EFAULT: less memory than the length says.</returns>
        public static int Write(SocketMessage message, Posix.msghdr msg)
        {
            int room = msg.msg_control == null ? 0 : msg.msg_controllen;
            if (room > 0 && room > msg.msg_control.Length)
            {
                return -Posix.EFAULT;
            }

            int at = 0;
            for (int i = 0; i < message.ControlCount; i++)
            {
                ControlMessage control = message.GetControl(i);
                int left = room - at;
                int length = Posix.CMSG_LEN(control.Data.Length);
                if (left < length)
                {
                    msg.msg_flags |= Posix.MSG_CTRUNC;
                    length = left;
                }

                if (left < Posix.cmsghdr.SizeOf)
                {
                    break;
                }

                Posix.cmsghdr head = new Posix.cmsghdr(msg.msg_control, at)
                {
                    cmsg_len = length,
                    cmsg_level = (int)control.Level,
                    cmsg_type = ToPosix(control.Level, control.Type),
                };
                Array.Copy(control.Data, 0, head.Bytes, at + Posix.cmsghdr.SizeOf, length - Posix.cmsghdr.SizeOf);
                int space = Posix.CMSG_SPACE(control.Data.Length);
                at += space < left ? space : left;
            }

            msg.msg_controllen = at;
            return 0;
        }

        private static int Available(Posix.msghdr msg)
        {
            int length = msg.msg_control == null ? 0 : msg.msg_control.Length;
            return msg.msg_controllen < length ? msg.msg_controllen : length;
        }

        private static SocketOptionName ToCore(int level, int type)
        {
            if (level == Posix.IPPROTO_IP)
            {
                return type == Posix.IP_PKTINFO ? SocketOptionName.PacketInformation
                    : type == Posix.IP_TTL ? SocketOptionName.ReceiveTimeToLive
                    : type == Posix.IP_TOS ? SocketOptionName.TypeOfService : 0;
            }

            return level != Posix.IPPROTO_IPV6 ? 0
                : type == Posix.IPV6_PKTINFO ? SocketOptionName.PacketInformation
                : type == Posix.IPV6_HOPLIMIT ? SocketOptionName.HopLimit
                : type == Posix.IPV6_TCLASS ? SocketOptionName.TypeOfService : 0;
        }

        private static int ToPosix(SocketOptionLevel level, SocketOptionName kind)
        {
            bool isIPv6 = level == SocketOptionLevel.IPv6;
            switch (kind)
            {
                case SocketOptionName.PacketInformation: return isIPv6 ? Posix.IPV6_PKTINFO : Posix.IP_PKTINFO;
                case SocketOptionName.HopLimit: return Posix.IPV6_HOPLIMIT;
                case SocketOptionName.ReceiveTimeToLive: return Posix.IP_TTL;
                default: return isIPv6 ? Posix.IPV6_TCLASS : Posix.IP_TOS;
            }
        }
    }
}
#endif
