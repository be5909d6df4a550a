#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    [TestClass]
    public class PosixHostTests
    {
        [TestMethod]
        public void Gethostname_OfANameThatWasSet_TellsIt()
        {
            byte[] before = new byte[HOST_NAME_MAX + 1];
            Assert.AreEqual(0, gethostname(before, before.Length));
            try
            {
                Assert.AreEqual(0, sethostname(Check.Bytes("board-7"), 7));
                byte[] name = Check.Bytes("..........");
                Assert.AreEqual(0, gethostname(name, 8));
                Check.Text("board-7_..", name, 10);
                name = Check.Bytes("..........");
                Check.Fails(ENAMETOOLONG, gethostname(name, 7));
                Check.Text("board-7...", name, 10);
                Check.Fails(ENAMETOOLONG, gethostname(name, 0));
            }
            finally
            {
                sethostname(before, HOST_NAME_MAX);
            }
        }

        [TestMethod]
        public void Hostnames_OfBadMemory_Fail()
        {
            Check.Fails(EINVAL, gethostname(new byte[4], -1));
            Check.Fails(EFAULT, gethostname(null, 4));
            Check.Fails(EFAULT, gethostname(new byte[4], 5));
            Check.Fails(EINVAL, sethostname(new byte[4], -1));
            Check.Fails(EINVAL, sethostname(new byte[65], 65));
            Check.Fails(EFAULT, sethostname(new byte[4], 5));
            Check.Fails(EFAULT, sethostname(null, 5));
        }

        [TestMethod]
        public void Interfaces_ThatAreNone_Fail()
        {
            errno = 0;
            Assert.AreEqual(0u, if_nametoindex("no-such-if"));
            Assert.AreEqual(ENODEV, errno);
            Assert.AreEqual(0u, if_nametoindex(null));
            errno = 0;
            Assert.IsNull(if_indextoname(0, new byte[IF_NAMESIZE]));
            Assert.AreEqual(ENXIO, errno);
            Assert.IsNull(if_indextoname(4000000000, new byte[IF_NAMESIZE]));
        }
    }
}
