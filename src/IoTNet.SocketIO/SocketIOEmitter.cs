using System;

namespace IoTNet
{
    /// <summary>
    /// Whatever events are sent to: a socket, a namespace, some rooms.
    /// <code>
    /// socket.Emit("temperature", 21.5, "kitchen");
    /// io.To("kitchen").Emit("picture", bytes);
    /// JsonWriter json = socket.BeginEmit("temperature");    // the same without allocating
    /// json.WriteNumberValue(21.5);
    /// socket.EndEmit();
    /// </code>
    /// </summary>
    /// <remarks>Arguments are what <see cref="Json.WriteValue"/> takes, and byte[], which goes out as bytes. An array of objects or
    /// of strings as the only argument is the list of arguments; an <see cref="System.Collections.ArrayList"/> is one
    /// argument.</remarks>
    public abstract class SocketIOEmitter
    {
        private PacketWriter _begun;

        internal SocketIOEmitter()
        {
        }

        internal abstract PacketWriters Writers { get; }

        /// <summary>Whether the next event is dropped by who cannot take it at once.</summary>
        internal bool IsVolatile { get; set; }

        /// <summary>Sends an event without arguments.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>True; false when more than enough waits now at somebody (it is taken; go slower), when it was dropped as it is
        /// volatile, and when a socket is not connected (a client keeps it until it is).</returns>
        /// <exception cref="ArgumentNullException">No name was given.</exception>
        /// <exception cref="ArgumentException">The name is reserved.</exception>
        /// <exception cref="SocketException">ENOBUFS: it does not fit with what waits; nothing was taken. Not from a broadcast: those
        /// who cannot take it miss it, and it gives false.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public bool Emit(string name)
        {
            return Check(TryEmit(name, null));
        }

        /// <summary>Sends an event with one argument.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="argument">It.</param>
        /// <returns>As <see cref="Emit(string)"/>.</returns>
        /// <exception cref="ArgumentNullException">No name was given.</exception>
        /// <exception cref="ArgumentException">The name is reserved, or the argument is none that can be sent.</exception>
        /// <exception cref="SocketException">As <see cref="Emit(string)"/>.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public bool Emit(string name, object argument)
        {
            return Check(SendWith(Make(name, argument), null, 0));
        }

        /// <summary>Sends an event.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="arguments">Its arguments.</param>
        /// <returns>As <see cref="Emit(string)"/>.</returns>
        /// <exception cref="ArgumentNullException">No name was given.</exception>
        /// <exception cref="ArgumentException">The name is reserved, or an argument is none that can be sent.</exception>
        /// <exception cref="SocketException">As <see cref="Emit(string)"/>.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public bool Emit(string name, params object[] arguments)
        {
            return Check(TryEmit(name, arguments));
        }

        /// <summary>As <see cref="Emit(string, object[])"/>, but says it by its result.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="arguments">Its arguments; null = none.</param>
        /// <returns>1: taken; 0: taken, and more than enough waits; -ENOBUFS: it does not fit; -EPIPE: not connected; -EAGAIN: it is
        /// volatile, and was dropped. Of a broadcast the worst of all.</returns>
        /// <exception cref="ArgumentNullException">No name was given.</exception>
        /// <exception cref="ArgumentException">The name is reserved, or an argument is none that can be sent.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public int TryEmit(string name, object[] arguments)
        {
            return SendWith(Make(name, arguments), null, 0);
        }

        /// <summary>Begins an event whose arguments are written one by one, without allocating.</summary>
        /// <param name="name">Its name.</param>
        /// <returns>The writer; <see cref="EndEmit"/> sends what it was given.</returns>
        /// <exception cref="ArgumentNullException">No name was given.</exception>
        /// <exception cref="ArgumentException">The name is reserved.</exception>
        public JsonWriter BeginEmit(string name)
        {
            ReservedNames.Check(name);
            PacketWriter writer = _begun ?? Writers.Take();
            _begun = writer;
            writer.Reset();
            writer.Begin(name);
            return writer.Json;
        }

        /// <summary>Sends what was written since <see cref="BeginEmit"/>.</summary>
        /// <returns>As <see cref="Emit(string)"/>.</returns>
        /// <exception cref="SocketException">As <see cref="Emit(string)"/>.</exception>
        /// <exception cref="InvalidOperationException">None was begun, or something in it is still open; or not on the loop's
        /// thread.</exception>
        public bool EndEmit()
        {
            return Check(TryEndEmit());
        }

        /// <summary>As <see cref="EndEmit"/>, but says it by its result.</summary>
        /// <returns>As <see cref="TryEmit"/>.</returns>
        /// <exception cref="InvalidOperationException">As <see cref="EndEmit"/>.</exception>
        public int TryEndEmit()
        {
            return SendWith(TakeBegun(), null, 0);
        }

        internal PacketWriter TakeBegun()
        {
            PacketWriter writer = _begun ?? throw new InvalidOperationException("No event was begun: BeginEmit.");
            _begun = null;
            return writer;
        }

        internal PacketWriter Make(string name, object[] arguments)
        {
            ReservedNames.Check(name);
            PacketWriter writer = Writers.Take();
            writer.Begin(name);
            for (int i = 0; arguments != null && i < arguments.Length; i++)
            {
                writer.Write(arguments[i]);
            }

            return writer;
        }

        internal PacketWriter Make(string name, object argument)
        {
            ReservedNames.Check(name);
            PacketWriter writer = Writers.Take();
            writer.Begin(name);
            writer.Write(argument);
            return writer;
        }

        /// <summary>Sends an event that is written, and gives its writer back.</summary>
        internal int SendWith(PacketWriter writer, SocketIOAckHandler ack, int timeoutMs)
        {
            bool isVolatile = IsVolatile;
            IsVolatile = false;
            int result = Send(writer, isVolatile, ack, timeoutMs);
            Writers.GiveBack(writer);
            return result;
        }

        internal abstract int Send(PacketWriter writer, bool isVolatile, SocketIOAckHandler ack, int timeoutMs);

        /// <summary>Says what a result means.</summary>
        internal virtual bool Check(int result)
        {
            if (result == -(int)Errno.ENOBUFS)
            {
                throw new SocketException(Errno.ENOBUFS, "emit to " + ToString() + ": " + ErrnoTable.Describe(Errno.ENOBUFS));
            }

            return result > 0;
        }
    }
}
