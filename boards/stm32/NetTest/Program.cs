using IoTNet.Apps;
using IoTNet.Boards;

namespace IoTNet.Firmware
{
    /// <summary>The conformance suite on an STM32.</summary>
    public static class Program
    {
        /// <summary>Where the board begins.</summary>
        public static void Main()
        {
            // By DHCP; a static address is said here: new NetworkSettings { Address = ..., Netmask = ..., Gateway = ... }.
            NetworkSettings settings = new NetworkSettings();

            // nanoFramework builds lwIP for the STM32 without its loopback, so the suite cannot talk to itself through it.
            NetworkStack stacks = new NetworkStack(new SystemNetStack(), new LoopbackStack());
            AppProgram.Run(Stm32Board.CreateNetwork(settings), stacks, new NetTestApp(), "part=memory");
        }
    }
}
