using IoTNet.Apps;
using IoTNet.Boards;

namespace IoTNet.Firmware
{
    /// <summary>The chat on an STM32.</summary>
    public static class Program
    {
        /// <summary>Where the board begins.</summary>
        public static void Main()
        {
            // By DHCP; a static address is said here: new NetworkSettings { Address = ..., Netmask = ..., Gateway = ... }.
            NetworkSettings settings = new NetworkSettings();

            // Four sockets in all: the one that it listens on, and three people.
            AppProgram.Run(Stm32Board.CreateNetwork(settings), new ChatApp(), "clients=3");
        }
    }
}
