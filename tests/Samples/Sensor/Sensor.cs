using System;
using IoTNet;

namespace SensorFirmware
{
    /// <summary>Firmware of a sensor: sends its readings by UDP, each one until the collector has confirmed it.</summary>
    public static class Sensor
    {
        private const int AnswerTimeoutMs = 50;
        private const int MostTries = 150;

        /// <summary>Sends readings, in their order.</summary>
        /// <param name="collector">Where to.</param>
        /// <param name="readings">At most 256.</param>
        public static void Send(IPEndPoint collector, byte[] readings)
        {
            using (Socket socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
            {
                socket.Connect(collector);
                socket.ReceiveTimeout = AnswerTimeoutMs;
                for (int number = 0; number < readings.Length; number++)
                {
                    SendUntilConfirmed(socket, new byte[] { (byte)number, readings[number] });
                }
            }
        }

        private static void SendUntilConfirmed(Socket socket, byte[] message)
        {
            byte[] answer = new byte[1];
            for (int i = 0; i < MostTries; i++)
            {
                socket.Send(message);
                if (socket.TryReceive(answer, 0, 1, SocketFlags.None) == 1 && answer[0] == message[0])
                {
                    return;
                }
            }

            throw new TimeoutException("The collector has not confirmed reading " + message[0] + ".");
        }
    }
}
