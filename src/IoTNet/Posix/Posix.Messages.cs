#if IOTNET_POSIX_NAMES
// <sys/socket.h> sendmsg, recvmsg and the CMSG macros.
namespace IoTNet
{
    public static partial class Posix
    {
        // UIO_MAXIOV of Linux.
        private const int MaxBuffers = 1024;

        /// <summary>Sends one message out of several buffers (<see cref="Socket.TrySendMsg"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="msg">Buffers, address (or null) and control data (or null).</param>
        /// <param name="flags">As in send().</param>
        /// <returns>As send() and sendto(); also EFAULT: no message, or less memory than it says; EMSGSIZE: above 1,024 buffers;
        /// EINVAL: a length below 0, or control data without a head or of an unknown kind; EOPNOTSUPP: control data that
        /// the stack does not send.</returns>
        public static int sendmsg(int sockfd, msghdr msg, int flags)
        {
            Socket of = DescriptorTable.Get(sockfd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            SocketMessage message = Scratch.TakeMessage();
            SocketAddress address = message.Address;
            int result = AddBuffers(msg, message);
            if (result >= 0)
            {
                bool named = msg.msg_name != null && msg.msg_namelen > 0;
                result = named ? SockaddrCodec.ReadDestination(of, msg.msg_name, msg.msg_namelen, address) : msg.msg_namelen < 0 ? -EINVAL : 0;
                message.Address = named && address.Family != AddressFamily.Unspecified ? address : null;
            }

            if (result >= 0)
            {
                result = ControlCodec.Read(msg, message);
            }

            if (result >= 0)
            {
                message.Flags = MessageFlags.ForSend(flags);
                result = of.SendMsgCore(message);
            }

            Scratch.Give(message, address);
            return Return(result);
        }

        /// <summary>Receives one message into several buffers (<see cref="Socket.TryReceiveMsg"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="msg">Buffers, room for the sender's address (or null) and for control data (or null). Afterwards
        /// msg_namelen is the address's full length, msg_controllen what was written of control data, and msg_flags what was
        /// seen: MSG_TRUNC, MSG_CTRUNC, MSG_EOR.</param>
        /// <param name="flags">As in recv().</param>
        /// <returns>As recv() and recvfrom(); also EFAULT: no message, or less memory than it says; EMSGSIZE: above 1,024 buffers;
        /// EINVAL: a length below 0.</returns>
        public static int recvmsg(int sockfd, msghdr msg, int flags)
        {
            Socket of = DescriptorTable.Get(sockfd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            SocketMessage message = Scratch.TakeMessage();
            SocketAddress address = message.Address;
            int result = AddBuffers(msg, message);
            if (result >= 0 && (msg.msg_namelen < 0 || msg.msg_controllen < 0))
            {
                result = -EINVAL;
            }

            if (result >= 0)
            {
                message.Address = msg.msg_name != null && SockaddrCodec.TellsSender(of) ? address : null;
                message.Flags = MessageFlags.ForReceive(flags);
                result = of.ReceiveMsgCore(message);
            }

            if (result >= 0)
            {
                int written = PutSeen(msg, message, address);
                result = written < 0 ? written : result;
            }

            Scratch.Give(message, address);
            return Return(result);
        }

        /// <summary>The first piece of control data.</summary>
        /// <param name="mhdr">The message.</param>
        /// <returns>A view of its head; null when there is no room for one.</returns>
        public static cmsghdr CMSG_FIRSTHDR(msghdr mhdr)
        {
            return ControlCodec.HeadAt(mhdr, 0);
        }

        /// <summary>The next piece of control data.</summary>
        /// <param name="mhdr">The message.</param>
        /// <param name="cmsg">The piece before it.</param>
        /// <returns>A view of its head; null when there is no other piece, or the one before tells a length that is
        /// none.</returns>
        public static cmsghdr CMSG_NXTHDR(msghdr mhdr, cmsghdr cmsg)
        {
            return ControlCodec.Next(mhdr, cmsg);
        }

        /// <summary>The data of a piece of control data.</summary>
        /// <param name="cmsg">Its head, with cmsg_len set.</param>
        /// <returns>A view of cmsg_len - CMSG_LEN(0) bytes, as far as there are so many.</returns>
        public static OctetView CMSG_DATA(cmsghdr cmsg)
        {
            int at = cmsg.Offset + cmsghdr.SizeOf;
            int left = cmsg.Bytes.Length - at;
            long told = cmsg.cmsg_len - cmsghdr.SizeOf;
            return new OctetView(cmsg.Bytes, at, told < 0 ? 0 : told < left ? (int)told : left);
        }

        /// <summary>A length with the padding that brings it to a multiple of 8 bytes.</summary>
        /// <param name="length">The length.</param>
        /// <returns>The next multiple.</returns>
        public static int CMSG_ALIGN(int length)
        {
            return (length + 7) & ~7;
        }

        /// <summary>What to put into cmsg_len.</summary>
        /// <param name="length">Bytes of data.</param>
        /// <returns>Bytes of head and data.</returns>
        public static int CMSG_LEN(int length)
        {
            return cmsghdr.SizeOf + length;
        }

        /// <summary>The room that a piece of control data takes.</summary>
        /// <param name="length">Bytes of data.</param>
        /// <returns>Bytes of head, data and padding.</returns>
        public static int CMSG_SPACE(int length)
        {
            return cmsghdr.SizeOf + CMSG_ALIGN(length);
        }

        private static int AddBuffers(msghdr msg, SocketMessage message)
        {
            if (msg == null)
            {
                return -EFAULT;
            }

            if (msg.msg_iovlen < 0 || msg.msg_iovlen > MaxBuffers)
            {
                return -EMSGSIZE;
            }

            if (msg.msg_iovlen > (msg.msg_iov == null ? 0 : msg.msg_iov.Length))
            {
                return -EFAULT;
            }

            for (int i = 0; i < msg.msg_iovlen; i++)
            {
                byte[] buffer = msg.msg_iov[i].iov_base;
                int result = CheckMemory(ref buffer, msg.msg_iov[i].iov_offset, msg.msg_iov[i].iov_len);
                if (result < 0)
                {
                    return result;
                }

                message.Add(buffer, buffer == s_nothing ? 0 : msg.msg_iov[i].iov_offset, msg.msg_iov[i].iov_len);
            }

            return 0;
        }

        private static int PutSeen(msghdr msg, SocketMessage message, SocketAddress address)
        {
            msg.msg_flags = MessageFlags.FromReceive(message.Flags);
            int result = ControlCodec.Write(message, msg);
            if (result < 0 || msg.msg_name == null)
            {
                return result;
            }

            SockaddrCodec.ForgetUnnamed(address);
            return SockaddrCodec.Write(address, msg.msg_name, ref msg.msg_namelen);
        }
    }
}
#endif
