using IoTNet.Apps;
using IoTNet.Boards;

namespace IoTNet.Firmware
{
    /// <summary>A look at the name server on an ESP32.</summary>
    public static class Program
    {
        /// <summary>Where the board begins.</summary>
        public static void Main()
        {
            // The access point is the one whose name and password are stored on the board ("nanoff --networkdeployment FILE.json" stores
            // them); to give them here instead: new NetworkSettings { Ssid = "NAME", Password = "PASSWORD" }.
            NetworkSettings settings = new NetworkSettings();

            // Asks the name server that DHCP told of.
            AppProgram.Run(Esp32Board.CreateNetwork(settings), new NslookupApp(), "example.com");
        }
    }
}
