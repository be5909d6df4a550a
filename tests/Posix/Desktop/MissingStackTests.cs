using Microsoft.VisualStudio.TestTools.UnitTesting;
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    /// <summary>The calls on a board without a stack in memory.</summary>
    [TestClass]
    public class MissingStackTests
    {
        [TestMethod]
        public void Socketpair_WithoutAStackInMemory_FailsWithEAFNOSUPPORT()
        {
            NetworkStack stacks = new NetworkStack(new NullStack(), null);
            NetworkStack.UseSource(() => stacks);
            try
            {
                int[] sv = { -1, -1 };
                Check.Fails(EAFNOSUPPORT, socketpair(AF_UNIX, SOCK_STREAM, 0, sv));
                Check.Fails(EAFNOSUPPORT, socket(AF_UNIX, SOCK_STREAM, 0));
                CollectionAssert.AreEqual(new[] { -1, -1 }, sv);
            }
            finally
            {
                NetworkStack.UseSource(null);
            }
        }
    }
}
