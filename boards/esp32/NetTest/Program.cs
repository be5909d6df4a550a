using IoTNet.Apps;
using IoTNet.Boards;

namespace IoTNet.Firmware
{
    /// <summary>The conformance suite on an ESP32.</summary>
    public static class Program
    {
        /// <summary>Where the board begins.</summary>
        public static void Main()
        {
            // The access point is the one whose name and password are stored on the board ("nanoff --networkdeployment FILE.json" stores
            // them); to give them here instead: new NetworkSettings { Ssid = "NAME", Password = "PASSWORD" }.
            NetworkSettings settings = new NetworkSettings();

            // The suite talks to itself: an ESP32's lwIP carries 127.0.0.1 itself, if it was built to.
            NetworkStack stacks = new NetworkStack(new SystemNetStack(true), new UnixStack());
            AppProgram.Run(Esp32Board.CreateNetwork(settings), stacks, new NetTestApp(), "part=all");
        }
    }
}
