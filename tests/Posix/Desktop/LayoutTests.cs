using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    /// <summary>The bytes of addresses against those that the kernel writes.</summary>
    [TestClass]
    public class LayoutTests
    {
        [TestMethod]
        public void Sockaddr_in_OfABoundSocket_IsWhatTheKernelWrites()
        {
            sockaddr_in address = new sockaddr_in { sin_family = AF_INET };
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            byte[] kernel = BindInKernel(AF_INET, address, sockaddr_in.SizeOf);
            sockaddr_in seen = new sockaddr_in { sin_family = AF_INET, sin_port = (ushort)(kernel[2] | (kernel[3] << 8)) };
            Assert.AreEqual(1, inet_pton(AF_INET, "127.0.0.1", seen.sin_addr));
            AssertSame(kernel, seen);
        }

        [TestMethod]
        public void Sockaddr_in6_OfABoundSocket_IsWhatTheKernelWrites()
        {
            sockaddr_in6 address = new sockaddr_in6 { sin6_family = AF_INET6, sin6_addr = in6addr_loopback };
            byte[] kernel = BindInKernel(AF_INET6, address, sockaddr_in6.SizeOf);
            sockaddr_in6 seen = new sockaddr_in6 { sin6_family = AF_INET6, sin6_port = (ushort)(kernel[2] | (kernel[3] << 8)) };
            Assert.AreEqual(1, inet_pton(AF_INET6, "::1", seen.sin6_addr));
            AssertSame(kernel, seen);
        }

        [TestMethod]
        public void Sockaddr_un_OfABoundSocket_IsWhatTheKernelWrites()
        {
            string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "iotnet-" + Guid.NewGuid().ToString("N"));
            try
            {
                sockaddr_un address = new sockaddr_un { sun_family = AF_UNIX, sun_path = path };
                byte[] kernel = BindInKernel(AF_UNIX, address, SUN_LEN(address));

                // unix(7): with the NUL.
                Assert.HasCount(SUN_LEN(address) + 1, kernel);
                for (int i = 0; i < kernel.Length; i++)
                {
                    Assert.AreEqual(kernel[i], address[i]);
                }
            }
            finally
            {
                System.IO.File.Delete(path);
            }
        }

        private static byte[] BindInKernel(int family, OctetView address, int length)
        {
            byte[] bytes = new byte[length];
            Array.Copy(address.Bytes, address.Offset, bytes, 0, length);
            int fd = Libc.Socket(family, SOCK_STREAM, 0);
            Assert.IsGreaterThanOrEqualTo(0, fd);
            try
            {
                Assert.AreEqual(0, Libc.Bind(fd, bytes, length));
                byte[] kernel = new byte[128];
                int kernelLength = 128;
                Assert.AreEqual(0, Libc.GetName(false, fd, kernel, ref kernelLength));
                Array.Resize(ref kernel, kernelLength);
                return kernel;
            }
            finally
            {
                Libc.Close(fd);
            }
        }

        private static void AssertSame(byte[] kernel, OctetView ours)
        {
            Assert.AreEqual(Convert.ToHexString(kernel), Convert.ToHexString(ours.Bytes, ours.Offset, ours.Length));
        }
    }
}
