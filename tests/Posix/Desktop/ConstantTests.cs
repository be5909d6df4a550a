using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests
{
    /// <summary>The numbers against those that Python took from the system's headers.</summary>
    [TestClass]
    public class ConstantTests
    {
        // Prints every constant of the modules that wrap the socket headers; the first module that has a name counts.
        private const string Program = @"
import socket, select, errno, fcntl, os, termios
seen = {}
for module in (socket, select, errno, fcntl, os, termios):
    for name in dir(module):
        value = getattr(module, name)
        if name.isupper() and isinstance(value, int):
            seen.setdefault(name, int(value))
for name, value in seen.items():
    print(name, value)
";

        // What Python does not wrap: Linux's uapi/linux/in.h, in6.h, asm-generic/socket.h and ioctls.h, POSIX's limits.
        private static readonly Dictionary<string, long> s_elsewhere = new Dictionary<string, long>
        {
            ["AF_LOCAL"] = 1, ["PF_UNSPEC"] = 0, ["PF_UNIX"] = 1, ["PF_LOCAL"] = 1, ["PF_INET"] = 2, ["PF_INET6"] = 10,
            ["SOL_IPV6"] = 41, ["SO_NO_CHECK"] = 11, ["SO_TIMESTAMPING"] = 37, ["SO_TXTIME"] = 61,
            ["IP_PKTINFO"] = 8, ["IP_MTU_DISCOVER"] = 10, ["IP_RECVTTL"] = 12, ["IP_MTU"] = 14,
            ["IP_UNBLOCK_SOURCE"] = 37, ["IP_BLOCK_SOURCE"] = 38, ["IP_ADD_SOURCE_MEMBERSHIP"] = 39,
            ["IP_DROP_SOURCE_MEMBERSHIP"] = 40, ["IP_LOCAL_PORT_RANGE"] = 51,
            ["IP_PMTUDISC_DONT"] = 0, ["IP_PMTUDISC_WANT"] = 1, ["IP_PMTUDISC_DO"] = 2,
            ["IPV6_ADD_MEMBERSHIP"] = 20, ["IPV6_DROP_MEMBERSHIP"] = 21, ["IPV6_MTU"] = 24, ["IPV6_ADDR_PREFERENCES"] = 72,
            ["INADDR_ALLRTRS_GROUP"] = 0xE0000002, ["FD_SETSIZE"] = 1024, ["INET_ADDRSTRLEN"] = 16, ["INET6_ADDRSTRLEN"] = 46, ["IF_NAMESIZE"] = 16,
            ["HOST_NAME_MAX"] = 64, ["POLLRDNORM"] = 0x40, ["POLLRDBAND"] = 0x80, ["POLLWRNORM"] = 0x100, ["POLLWRBAND"] = 0x200,

            // Newer kernels say 4096; this is what listen() honours here.
            ["SOMAXCONN"] = 128,
        };

        [TestMethod]
        public void Constants_OfEachName_AreLinuxs()
        {
            Dictionary<string, long> python = AskPython();
            List<string> unknown = new List<string>();
            foreach (FieldInfo field in typeof(Posix).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral))
            {
                long actual = Convert.ToInt64(field.GetRawConstantValue());
                if (!s_elsewhere.TryGetValue(field.Name, out long expected) && !python.TryGetValue(field.Name, out expected))
                {
                    unknown.Add(field.Name);
                    continue;
                }

                Assert.AreEqual(expected, actual, field.Name);
            }

            Assert.AreEqual("", string.Join(", ", unknown), "constants that nothing checks");
        }

        [TestMethod]
        public void Errors_OfEachName_HaveTheNumberOfErrno()
        {
            foreach (Errno error in Enum.GetValues(typeof(Errno)).Cast<Errno>().Where(e => e != Errno.None))
            {
                FieldInfo field = typeof(Posix).GetField(error.ToString());
                Assert.IsNotNull(field, error.ToString());
                Assert.AreEqual((int)error, (int)field.GetRawConstantValue(), field.Name);
            }
        }

        private static Dictionary<string, long> AskPython()
        {
            ProcessStartInfo start = new ProcessStartInfo("/usr/bin/env") { RedirectStandardOutput = true };
            start.ArgumentList.Add("python3");
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(Program);
            using Process process = Process.Start(start);
            string output = process.StandardOutput.ReadToEnd();
            Assert.IsTrue(process.WaitForExit(30000), "python3 did not end within 30 s");
            Assert.AreEqual(0, process.ExitCode);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' '))
                .ToDictionary(p => p[0], p => long.Parse(p[1]));
        }
    }
}
