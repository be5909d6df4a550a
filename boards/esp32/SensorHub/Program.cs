using IoTNet.Apps;
using IoTNet.Boards;

namespace IoTNet.Firmware
{
    /// <summary>The sensor hub on an ESP32.</summary>
    public static class Program
    {
        /// <summary>Where the board begins.</summary>
        public static void Main()
        {
            // The access point is the one whose name and password are stored on the board ("nanoff --networkdeployment FILE.json" stores
            // them); to give them here instead: new NetworkSettings { Ssid = "NAME", Password = "PASSWORD" }.
            NetworkSettings settings = new NetworkSettings();

            // The hub. A sensor of it is told where the hub is: "--to", "tcp://192.168.1.2:5557".
            AppProgram.Run(Esp32Board.CreateNetwork(settings), new SensorHubApp());
        }
    }
}
