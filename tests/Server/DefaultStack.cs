namespace IoTNet.Tests.Server;

/// <summary>The stack of calls that name none.</summary>
[TestClass]
public static class DefaultStack
{
    [AssemblyInitialize]
    public static void Use(TestContext context) => NetworkStack.Use(new LoopbackStack());
}
