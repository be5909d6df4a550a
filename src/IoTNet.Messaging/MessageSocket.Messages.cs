using System;
using System.Collections;
using System.Text;

namespace IoTNet
{
    // Whole messages and arrays: the forms that wait as the options say, and throw.
    public sealed partial class MessageSocket
    {
        /// <summary>Sends a message of one frame; waits as long as <see cref="MessageSocketOptions.SendTimeoutMs"/> says.</summary>
        /// <param name="frame">Its bytes.</param>
        /// <exception cref="ArgumentNullException">There is no frame.</exception>
        /// <exception cref="SocketException">As the errors of TrySend.</exception>
        public void Send(byte[] frame)
        {
            Send(frame, false);
        }

        /// <summary>Sends a frame.</summary>
        /// <param name="frame">Its bytes.</param>
        /// <param name="more">Whether more frames of the same message follow.</param>
        /// <exception cref="ArgumentNullException">There is no frame.</exception>
        /// <exception cref="SocketException">As the errors of TrySend.</exception>
        public void Send(byte[] frame, bool more)
        {
            byte[] bytes = frame ?? throw new ArgumentNullException(nameof(frame));
            Check(TrySend(bytes, 0, bytes.Length, more, Options.SendTimeoutMs), "send a frame of " + bytes.Length.ToString() + " bytes");
        }

        /// <summary>Sends a message of several frames, in one piece also when other threads send.</summary>
        /// <param name="frames">Its frames, one or more.</param>
        /// <exception cref="ArgumentNullException">There are none, or one is missing.</exception>
        /// <exception cref="SocketException">As the errors of TrySend.</exception>
        public void Send(byte[][] frames)
        {
            if (frames == null || frames.Length == 0)
            {
                throw new ArgumentNullException(nameof(frames));
            }

            for (int i = 0; i < frames.Length; i++)
            {
                if (frames[i] == null)
                {
                    throw new ArgumentNullException(nameof(frames), "Frame " + i.ToString() + " of the message is missing.");
                }
            }

            Patience patience = new Patience(_events, Options.SendTimeoutMs);
            int result;
            try
            {
                do
                {
                    lock (_lock)
                    {
                        // Whoever takes the first frame takes the rest.
                        result = SendNow(frames[0], 0, frames[0].Length, frames.Length > 1, null);
                        for (int i = 1; i < frames.Length && result == 0; i++)
                        {
                            result = SendNow(frames[i], 0, frames[i].Length, i < frames.Length - 1, null);
                        }
                    }
                }
                while (result == WouldBlock && patience.Wait());
            }
            finally
            {
                patience.End();
            }

            Check(result, "send a message of " + frames.Length.ToString() + " frames");
        }

        /// <summary>Sends a message of one frame, a text in UTF-8.</summary>
        /// <param name="text">The text.</param>
        /// <exception cref="SocketException">As the errors of TrySend.</exception>
        public void SendText(string text)
        {
            Send(Encoding.UTF8.GetBytes(text));
        }

        /// <summary>Receives one frame; waits as long as <see cref="MessageSocketOptions.ReceiveTimeoutMs"/> says.</summary>
        /// <returns>Its bytes.</returns>
        /// <exception cref="SocketException">As the errors of TryReceive.</exception>
        public byte[] Receive()
        {
            return Receive(out _);
        }

        /// <summary>Receives one frame.</summary>
        /// <param name="more">Whether more frames of the same message follow.</param>
        /// <returns>Its bytes.</returns>
        /// <exception cref="SocketException">As the errors of TryReceive.</exception>
        public byte[] Receive(out bool more)
        {
            object received = Receive(false, out more);
            return (byte[])received;
        }

        /// <summary>Receives all frames of a message, in one piece also when other threads receive.</summary>
        /// <returns>The frames.</returns>
        /// <exception cref="SocketException">As the errors of TryReceive.</exception>
        public byte[][] ReceiveFrames()
        {
            ArrayList frames = (ArrayList)Receive(true, out _);
            byte[][] result = new byte[frames.Count][];
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = (byte[])frames[i];
            }

            return result;
        }

        /// <summary>Receives one frame, a text in UTF-8.</summary>
        /// <returns>The text.</returns>
        /// <exception cref="SocketException">As the errors of TryReceive.</exception>
        public string ReceiveText()
        {
            byte[] frame = Receive();
            return Encoding.UTF8.GetString(frame, 0, frame.Length);
        }

        // A frame, or a list of those of a message: when the first one is there, all are.
        private object Receive(bool all, out bool more)
        {
            Patience patience = new Patience(_events, Options.ReceiveTimeoutMs);
            int result;
            object received = null;
            more = false;
            try
            {
                do
                {
                    lock (_lock)
                    {
                        result = FetchNow();
                        if (result >= 0)
                        {
                            received = all ? (object)CopyFrames() : CopyFrame(out more);
                        }
                    }
                }
                while (result == WouldBlock && patience.Wait());
            }
            finally
            {
                patience.End();
            }

            Check(result, "receive");
            return received;
        }

        private ArrayList CopyFrames()
        {
            ArrayList frames = new ArrayList();
            bool more;
            do
            {
                frames.Add(CopyFrame(out more));
            }
            while (more && FetchNow() >= 0);

            return frames;
        }

        private byte[] CopyFrame(out bool more)
        {
            byte[] frame = new byte[_pattern.Count];
            ReceiveNow(frame, 0, frame.Length, out more);
            return frame;
        }
    }
}
