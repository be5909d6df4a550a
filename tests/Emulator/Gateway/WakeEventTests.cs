namespace IoTNet.Emulator.Tests;

[TestClass]
public class WakeEventTests
{
    // A gateway's thread that sees by itself that it is to end takes the event with it, before Dispose can set it.
    [TestMethod]
    public void Set_AfterDispose_DoesNothing()
    {
        WakeEvent wake = new();
        wake.Dispose();

        wake.Set();
    }
}
