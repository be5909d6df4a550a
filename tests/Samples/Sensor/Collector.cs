using System.Collections;
using IoTNet;

namespace SensorFirmware
{
    /// <summary>Firmware of a collector: confirms every reading, and keeps each one once.</summary>
    public sealed class Collector
    {
        private readonly ArrayList _readings = new ArrayList();

        /// <summary>The readings, in their order.</summary>
        public ArrayList Readings => _readings;

        /// <summary>Serves for ever.</summary>
        /// <param name="port">The UDP port.</param>
        public void Run(int port)
        {
            using (Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
            {
                socket.Bind(new IPEndPoint(IPAddress.Any, port));
                byte[] message = new byte[2];
                EndPoint sensor = new IPEndPoint(IPAddress.Any, 0);
                for (;;)
                {
                    // A number that was seen before: the confirmation was lost, and the sensor has sent it again.
                    if (socket.ReceiveFrom(message, ref sensor) == 2 && message[0] == _readings.Count)
                    {
                        _readings.Add(message[1]);
                    }

                    socket.SendTo(message, 1, SocketFlags.None, sensor);
                }
            }
        }
    }
}
