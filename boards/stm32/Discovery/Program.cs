using IoTNet.Apps;
using IoTNet.Boards;

namespace IoTNet.Firmware
{
    /// <summary>Discovery on an STM32.</summary>
    public static class Program
    {
        /// <summary>Where the board begins.</summary>
        public static void Main()
        {
            // By DHCP; a static address is said here: new NetworkSettings { Address = ..., Netmask = ..., Gateway = ... }.
            NetworkSettings settings = new NetworkSettings();
            AppProgram.Run(Stm32Board.CreateNetwork(settings), new DiscoveryApp());
        }
    }
}
