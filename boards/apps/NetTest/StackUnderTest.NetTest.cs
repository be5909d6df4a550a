using IoTNet.Apps;

namespace IoTNet.Tests
{
    // The stack that the app was told to test.
    internal static partial class StackUnderTest
    {
        private static TestedStack s_stack;

        public static StackCapabilities Capabilities => s_stack.Capabilities;

        /// <summary>Sets the stack for the tests that run next.</summary>
        public static void Select(TestedStack stack)
        {
            s_stack = stack;
            Sockets.Stacks = stack.Stacks;
        }

        public static INetworkStack Create()
        {
            return s_stack.Stacks.Network;
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            Expect.Needs(s_stack.Capabilities is MemoryCapabilities, "a stack whose pool has " + sockets.ToString() + " sockets");
            LoopbackLimits limits = new LoopbackLimits();
            limits.MaxSockets = sockets;
            return new LoopbackStack(limits);
        }
    }
}
