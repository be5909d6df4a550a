#if IOTNET_POSIX_NAMES
// <poll.h>, <sys/select.h>.
using System;

namespace IoTNet
{
    public static partial class Posix
    {
        // POSIX select(): ready means that the call would not wait, whether or not it would succeed. (Linux leaves POLLHUP out
        // for writing, but never gives it without POLLOUT.)
        private const PollEvents Readable = PollEvents.In | PollEvents.Hup | PollEvents.Err;
        private const PollEvents Writable = PollEvents.Out | PollEvents.Hup | PollEvents.Err;

        /// <summary>Waits until something happens on one of several descriptors (<see cref="Poller.TryWait"/>).</summary>
        /// <param name="fds">The descriptors; one below 0 is passed over, one that is not open gives POLLNVAL and counts.</param>
        /// <param name="nfds">How many of them, at most FD_SETSIZE.</param>
        /// <param name="timeout">Milliseconds; 0 = look only, below 0 = for ever.</param>
        /// <returns>How many have something in revents; 0 when the time is over; or -1: EFAULT: fewer entries than nfds says;
        /// EINVAL: nfds above FD_SETSIZE or below 0.</returns>
        public static int poll(pollfd[] fds, int nfds, int timeout)
        {
            if (nfds < 0 || nfds > FD_SETSIZE)
            {
                return Fail(EINVAL);
            }

            if (nfds > (fds == null ? 0 : fds.Length))
            {
                return Fail(EFAULT);
            }

            Poller poller = Scratch.TakePoller();
            int closed = 0;
            for (int i = 0; i < nfds; i++)
            {
                Socket of = DescriptorTable.Get(fds[i].fd);
                bool invalid = fds[i].fd >= 0 && of == null;
                fds[i].revents = (short)(invalid ? POLLNVAL : 0);
                closed += invalid ? 1 : 0;
                if (of != null)
                {
                    poller.Add(of, ToCore(fds[i].events));
                }
            }

            int result = poller.TryWait(closed > 0 ? 0 : timeout < 0 ? -1 : timeout);
            if (result >= 0)
            {
                result = closed + TakeEvents(poller, fds, nfds);
            }

            Scratch.Give(poller);
            return Return(result);
        }

        /// <summary>Waits until something happens on one of several descriptors (<see cref="Poller.TryWait"/>).</summary>
        /// <param name="nfds">The highest descriptor and 1; the sets are looked at below it.</param>
        /// <param name="readfds">In: which to receive or accept on. Out: on which that will not wait. May be null.</param>
        /// <param name="writefds">The same for send and connect.</param>
        /// <param name="exceptfds">The same for urgent data, which no stack has: it comes back empty.</param>
        /// <param name="timeout">How long (rounded up to ms), 0 s = look only; null = for ever. Out: what was left of it, as on
        /// Linux.</param>
        /// <returns>How many bits are set in all sets; 0 when the time is over; or -1, and the sets are as before: EBADF: one
        /// is not open, or was closed meanwhile; EINVAL: nfds or the time is below 0.</returns>
        public static int select(int nfds, fd_set readfds, fd_set writefds, fd_set exceptfds, timeval timeout)
        {
            if (nfds < 0 || (timeout != null && (timeout.tv_sec < 0 || timeout.tv_usec < 0)))
            {
                return Fail(EINVAL);
            }

            int limit = nfds < FD_SETSIZE ? nfds : FD_SETSIZE;
            Poller poller = Scratch.TakePoller();
            int result = 0;
            for (int fd = 0; fd < limit && result >= 0; fd++)
            {
                PollEvents events = WantedEvents(fd, readfds, writefds);
                bool wanted = events != PollEvents.None || IsIn(fd, exceptfds);
                Socket of = wanted ? DescriptorTable.Get(fd) : null;
                if (wanted && of == null)
                {
                    result = -EBADF;
                }
                else if (events != PollEvents.None)
                {
                    poller.Add(of, events);
                }
            }

            if (result >= 0)
            {
                result = Wait(poller, timeout);
            }

            if (result >= 0)
            {
                result = TakeEvents(poller, limit, readfds, writefds, exceptfds);
            }

            Scratch.Give(poller);
            return Return(result);
        }

        /// <summary>Empties a set.</summary>
        /// <param name="set">The set.</param>
        public static void FD_ZERO(fd_set set)
        {
            Array.Clear(set.Bits, 0, set.Bits.Length);
        }

        /// <summary>Adds a descriptor to a set.</summary>
        /// <param name="fd">The descriptor.</param>
        /// <param name="set">The set.</param>
        /// <exception cref="ArgumentOutOfRangeException">The descriptor is outside 0..FD_SETSIZE-1, where C writes
        /// elsewhere.</exception>
        public static void FD_SET(int fd, fd_set set)
        {
            CheckSetSize(fd);
            set.Add(fd);
        }

        /// <summary>Takes a descriptor out of a set.</summary>
        /// <param name="fd">The descriptor.</param>
        /// <param name="set">The set.</param>
        /// <exception cref="ArgumentOutOfRangeException">As FD_SET().</exception>
        public static void FD_CLR(int fd, fd_set set)
        {
            CheckSetSize(fd);
            set.Remove(fd);
        }

        /// <summary>Whether a descriptor is in a set.</summary>
        /// <param name="fd">The descriptor.</param>
        /// <param name="set">The set.</param>
        /// <returns>Whether it is.</returns>
        /// <exception cref="ArgumentOutOfRangeException">As FD_SET().</exception>
        public static bool FD_ISSET(int fd, fd_set set)
        {
            CheckSetSize(fd);
            return set.Has(fd);
        }

        private static void CheckSetSize(int fd)
        {
            if (fd < 0 || fd >= FD_SETSIZE)
            {
                throw new ArgumentOutOfRangeException(nameof(fd), "A descriptor in a set is 0 to 1023, not " + fd.ToString() + ".");
            }
        }

        // poll(2): POLLRDNORM is another name of POLLIN, and POLLWRNORM of POLLOUT.
        private static PollEvents ToCore(short events)
        {
            return (PollEvents)(events & (POLLIN | POLLPRI | POLLOUT))
                | ((events & POLLRDNORM) != 0 ? PollEvents.In : PollEvents.None)
                | ((events & POLLWRNORM) != 0 ? PollEvents.Out : PollEvents.None);
        }

        private static int TakeEvents(Poller poller, pollfd[] fds, int nfds)
        {
            int index = 0;
            int ready = 0;
            for (int i = 0; i < nfds; i++)
            {
                if (fds[i].fd < 0 || fds[i].revents == POLLNVAL)
                {
                    continue;
                }

                PollEvents seen = poller.GetEvents(index++);
                int wanted = fds[i].events | POLLERR | POLLHUP | POLLNVAL;
                int revents = (int)seen
                    | ((seen & PollEvents.In) != 0 ? POLLRDNORM : 0)
                    | ((seen & PollEvents.Out) != 0 ? POLLWRNORM : 0);
                fds[i].revents = (short)(revents & wanted);
                ready += fds[i].revents != 0 ? 1 : 0;
            }

            return ready;
        }

        private static PollEvents WantedEvents(int fd, fd_set readfds, fd_set writefds)
        {
            return (IsIn(fd, readfds) ? PollEvents.In : PollEvents.None) | (IsIn(fd, writefds) ? PollEvents.Out : PollEvents.None);
        }

        private static bool IsIn(int fd, fd_set set)
        {
            return set != null && set.Has(fd);
        }

        private static int Wait(Poller poller, timeval timeout)
        {
            if (timeout == null)
            {
                return poller.TryWait(-1);
            }

            Deadline deadline = Deadline.After(timeout.ToMilliseconds());
            int result = poller.TryWait(deadline.RemainingMs());
            timeout.SetMilliseconds(deadline.RemainingMs());
            return result;
        }

        private static int TakeEvents(Poller poller, int limit, fd_set readfds, fd_set writefds, fd_set exceptfds)
        {
            // The sets stay as they are when there is nothing to tell but an error.
            for (int i = 0; i < poller.Count; i++)
            {
                if ((poller.GetEvents(i) & PollEvents.Nval) != 0)
                {
                    return -EBADF;
                }
            }

            int index = 0;
            int bits = 0;
            for (int fd = 0; fd < limit; fd++)
            {
                exceptfds?.Remove(fd);
                if (WantedEvents(fd, readfds, writefds) != PollEvents.None)
                {
                    PollEvents seen = poller.GetEvents(index++);
                    bits += Keep(fd, readfds, (seen & Readable) != 0) + Keep(fd, writefds, (seen & Writable) != 0);
                }
            }

            return bits;
        }

        private static int Keep(int fd, fd_set set, bool seen)
        {
            if (!IsIn(fd, set))
            {
                return 0;
            }

            if (!seen)
            {
                set.Remove(fd);
            }

            return seen ? 1 : 0;
        }
    }
}
#endif
