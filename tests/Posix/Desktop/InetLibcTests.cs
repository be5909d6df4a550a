using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using static IoTNet.Posix;

namespace IoTNet.Tests
{
    /// <summary>Texts of addresses, beside the C library's own functions.</summary>
    [TestClass]
    public class InetLibcTests
    {
        private const int Rounds = 50000;

        [TestMethod]
        public void Inet_ntop_OfRandomAddresses_IsTheLibrarys()
        {
            Random random = Pattern.NewRandom();
            byte[] address = new byte[16];
            for (int i = 0; i < Rounds; i++)
            {
                // Many zeros, as the shortening of runs of them is what can go wrong.
                random.NextBytes(address);
                int zeros = random.Next(1 << 16);
                for (int b = 0; b < 16; b++)
                {
                    address[b] = (zeros & (1 << (b | random.Next(2)))) != 0 ? (byte)0 : address[b];
                }

                if (random.Next(8) == 0)
                {
                    address[10] = address[11] = 0xFF;
                }

                Assert.AreEqual(Libc.AddressToText(AF_INET6, address), inet_ntop(AF_INET6, address, null, INET6_ADDRSTRLEN));
                Assert.AreEqual(Libc.AddressToText(AF_INET, address), inet_ntop(AF_INET, address, null, INET_ADDRSTRLEN));
            }
        }

        [TestMethod]
        public void Inet_pton_OfRandomTexts_IsTheLibrarys()
        {
            Random random = Pattern.NewRandom();
            string[] seeds = { "127.0.0.1", "255.255.255.255", "::1", "::", "fe80::1:2", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "2001:db8::" };
            for (int i = 0; i < Rounds; i++)
            {
                string text = Mutate(random, seeds[random.Next(seeds.Length)], "0123456789abcdefF:.:.x% ");
                foreach (int family in new[] { AF_INET, AF_INET6 })
                {
                    byte[] theirs = new byte[16];
                    byte[] ours = new byte[16];
                    int expected = Libc.TextToAddress(family, text, theirs);
                    Assert.AreEqual(expected, inet_pton(family, text, ours), "'" + text + "'");
                    if (expected == 1)
                    {
                        Assert.AreEqual(Convert.ToHexString(theirs), Convert.ToHexString(ours), "'" + text + "'");
                    }
                }
            }
        }

        [TestMethod]
        public void Inet_aton_OfRandomTexts_IsTheLibrarys()
        {
            Random random = Pattern.NewRandom();
            string[] seeds = { "127.0.0.1", "0x7f.1", "017700000001", "4294967295", "1.2.65535", "0", "0.0" };
            for (int i = 0; i < Rounds; i++)
            {
                string text = Mutate(random, seeds[random.Next(seeds.Length)], "0123456789abcxX.. \t-+");
                byte[] theirs = new byte[4];
                in_addr ours = new in_addr();
                int expected = Libc.OldTextToAddress(text, theirs);
                Assert.AreEqual(expected, inet_aton(text, ours), "'" + text + "'");
                if (expected == 1)
                {
                    Assert.AreEqual(Convert.ToHexString(theirs), Convert.ToHexString(ours.Bytes), "'" + text + "'");
                }
            }
        }

        private static string Mutate(Random random, string text, string letters)
        {
            for (int changes = random.Next(4); changes > 0; changes--)
            {
                int at = random.Next(text.Length + 1);
                string letter = letters.Substring(random.Next(letters.Length), 1);
                switch (random.Next(3))
                {
                    case 0:
                        text = text.Insert(at, letter);
                        break;
                    case 1 when at < text.Length:
                        text = text.Remove(at, 1);
                        break;
                    case 2 when at < text.Length:
                        text = text.Remove(at, 1).Insert(at, letter);
                        break;
                }
            }

            return text;
        }
    }
}
