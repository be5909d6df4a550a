#if !NANOFRAMEWORK_1_0
namespace IoTNet.Tests
{
    // The test SDK makes an executable of every test assembly, and runs its tests without ever calling this.
    internal static class Program
    {
        private static void Main()
        {
        }
    }
}
#endif
