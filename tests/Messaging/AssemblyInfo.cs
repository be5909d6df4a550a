using IoTNet;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

namespace IoTNet.Tests.Messaging;

[TestClass]
public class AllSocketTypes
{
    /// <summary>All types of sockets; tests/MessagingBase has those of the base alone.</summary>
    [AssemblyInitialize]
    public static void Use(TestContext context)
    {
        PubSub.Use();
        ReqRep.Use();
    }
}
