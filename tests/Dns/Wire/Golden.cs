namespace IoTNet.Tests.Dns;

/// <summary>Messages byte by byte, written after RFC 1035, not by the code under test.</summary>
internal static class Golden
{
    /// <summary>dig www.example.com A, with EDNS of 1,232 bytes.</summary>
    public static readonly byte[] Query = Convert.FromHexString(
        "123401000001000000000001" +
        "03777777076578616d706c6503636f6d00" + "0001" + "0001" +
        "00" + "0029" + "04d0" + "00000000" + "0000");

    /// <summary>Its answer: www is an alias of host, both compressed; host has two addresses; OPT behind.</summary>
    public static readonly byte[] Answer = Convert.FromHexString(
        "123481800001000300000001" +
        "03777777076578616d706c6503636f6d00" + "0001" + "0001" +
        "c00c" + "0005" + "0001" + "0000012c" + "0007" + "04686f7374c010" +
        "c02d" + "0001" + "0001" + "0000003c" + "0004" + "c0000201" +
        "c02d" + "0001" + "0001" + "0000003c" + "0004" + "c0000202" +
        "00" + "0029" + "1000" + "00000000" + "0000");

    /// <summary>One record of each type with a name or a shape of its own, all of example.com: MX, NS, TXT, AAAA, SRV, PTR, SOA,
    /// and type 99. Made with Python's struct.pack.</summary>
    public static readonly byte[] Types = Convert.FromHexString(
        "000185800001000800000000076578616d706c6503636f6d0000ff0001c00c000f000100000e100009000a046d61696c" +
        "c00cc00c0002000100000e100005026e73c00cc00c0010000100000e100009036120620003ff00fec00c001c00010000" +
        "0e10001020010db8000000000000000000000001c00c00210001ffffffff0017000100021f9003737276076578616d70" +
        "6c6503636f6d00c00c000c000100000e100002c00cc00c0006000100000e10001ec03e0561646d696ec00c0000000100" +
        "000002000000030000000480000005c00c0063000100000e100003010203");
}
