using IoTNet.Apps;
using IoTNet.Boards;

namespace IoTNet.Firmware
{
    /// <summary>A look at the name server on an STM32.</summary>
    public static class Program
    {
        /// <summary>Where the board begins.</summary>
        public static void Main()
        {
            // By DHCP; a static address is said here: new NetworkSettings { Address = ..., Netmask = ..., Gateway = ... }.
            NetworkSettings settings = new NetworkSettings();

            // Asks the name server that DHCP told of.
            AppProgram.Run(Stm32Board.CreateNetwork(settings), new NslookupApp(), "example.com");
        }
    }
}
