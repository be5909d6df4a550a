using IoTNet.Apps;
using IoTNet.Boards;

namespace IoTNet.Firmware
{
    /// <summary>The echo server on an STM32.</summary>
    public static class Program
    {
        /// <summary>Where the board begins.</summary>
        public static void Main()
        {
            // By DHCP; a static address is said here: new NetworkSettings { Address = ..., Netmask = ..., Gateway = ... }.
            NetworkSettings settings = new NetworkSettings();

            // Four sockets in all: the two that it listens on, and two clients.
            AppProgram.Run(Stm32Board.CreateNetwork(settings), new EchoApp(), "clients=2");
        }
    }
}
