using IoTNet.Apps;
using IoTNet.Boards;

namespace IoTNet.Firmware
{
    /// <summary>The sensor hub on an STM32.</summary>
    public static class Program
    {
        /// <summary>Where the board begins.</summary>
        public static void Main()
        {
            // By DHCP; a static address is said here: new NetworkSettings { Address = ..., Netmask = ..., Gateway = ... }.
            NetworkSettings settings = new NetworkSettings();

            // The hub, for three sensors: four sockets in all. A sensor is told where its hub is: "--to", "tcp://192.168.1.2:5557".
            AppProgram.Run(Stm32Board.CreateNetwork(settings), new SensorHubApp());
        }
    }
}
