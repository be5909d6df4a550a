using System;

namespace IoTNet
{
    /// <summary>Opens selectors, whatever the stack can do itself.</summary>
    public static class Selectors
    {
        /// <summary>Opens a selector for a stack's sockets: its own one, or one that polls.</summary>
        /// <param name="stack">The stack.</param>
        /// <returns>The selector, to be closed.</returns>
        /// <exception cref="ArgumentNullException">There is no stack.</exception>
        public static ISelector Open(INetworkStack stack)
        {
            ISelectorStack own = stack as ISelectorStack;
            ISelector selector = own == null ? null : own.OpenSelector();
            return selector ?? new PollingSelector(stack);
        }
    }
}
