using System;
using System.Threading;
using IoTNet;
using IoTNet.Boards;

namespace MeterFirmware
{
    /// <summary>Firmware: a meter that tells each reading to a server as a datagram, and waits while there is no
    /// network. Compiled for the board and for the test, unchanged.</summary>
    public class Meter
    {
        private readonly BoardNetwork _network;
        private readonly IPEndPoint _server;

        public Meter(BoardNetwork network, IPEndPoint server)
        {
            _network = network;
            _server = server;
        }

        /// <summary>Sends readings until they are all sent.</summary>
        /// <param name="nextReading">The sensor: the next reading, or -1 when the meter is taken down.</param>
        public void Run(NextReading nextReading)
        {
            _network.TryStart(0);
            int reading;
            while ((reading = nextReading()) >= 0)
            {
                // No reading is worth a packet that has no way to go.
                _network.WaitUp(Timeout.Infinite);
                using (Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
                {
                    socket.SendTo(new byte[] { (byte)reading }, _server);
                }
            }

            _network.Stop(1000);
        }
    }

    /// <summary>Waits for the next reading.</summary>
    public delegate int NextReading();
}
