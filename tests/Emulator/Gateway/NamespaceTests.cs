namespace IoTNet.Emulator.Tests;

/// <summary>What needs a network of its own: each runs as a process in a namespace, bounded in time.</summary>
[TestClass]
public sealed class NamespaceTests
{
    [TestMethod]
    public void TapPort_InANamespace_JoinsBoardsAndTheKernel() => NetworkNamespace.Run(nameof(TapScenes.Kernel));

    [TestMethod]
    public void TapPort_WithANameThatIsTaken_SaysSo() => NetworkNamespace.Run(nameof(TapScenes.NameTaken));

    [TestMethod]
    public void SendTo_TheNameServer_ReachesTheHosts() => NetworkNamespace.Run(nameof(NameServerScene.Question));
}
