using FsCheck;
using FsCheck.Fluent;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests.Addressing;

/// <summary>What holds for every address. A failure prints the seed to replay it with.</summary>
[TestClass]
public class IPAddressPropertyTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(5000);

    // Zeros are what makes the text of an address hard, so half of the groups are.
    private static readonly Gen<int> Group =
        Gen.Frequency(
            (4, Gen.Constant(0)), (1, Gen.Choose(1, 15)), (1, Gen.Constant(0xFFFF)), (2, Gen.Choose(0, 0xFFFF)));

    private static readonly Gen<byte[]> IPv6Bytes = Gen.ArrayOf(Group, 8)
        .Select(groups => groups.SelectMany(group => new[] { (byte)(group >> 8), (byte)group }).ToArray());

    private static readonly Gen<byte[]> IPv4Bytes = Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), 4);

    private static readonly Gen<byte[]> MappedBytes =
        IPv4Bytes.Select(bytes => new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF }.Concat(bytes).ToArray());

    private static readonly Arbitrary<byte[]> AddressBytes =
        Gen.Frequency((2, IPv4Bytes), (5, IPv6Bytes), (1, MappedBytes)).ToArbitrary();

    private static readonly Gen<long> Scope =
        Gen.Frequency((1, Gen.Constant(0L)), (1, Gen.Choose(0, int.MaxValue).Select(value => (value * 2L) + 1)));

    private static readonly Arbitrary<IPEndPoint> EndPoints =
        (from bytes in AddressBytes.Generator
         from scope in Scope
         from port in Gen.Choose(0, 65535)
         let address = bytes.Length == 4 ? new IPAddress(bytes) : new IPAddress(bytes, scope)
         select new IPEndPoint(address, port)).ToArbitrary();

    [TestMethod]
    public void Parse_TextOfAnyAddress_GivesTheAddress()
    {
        Prop.ForAll(EndPoints, endPoint => IPAddress.Parse(endPoint.Address.ToString()) == endPoint.Address)
            .Check(Config);
    }

    [TestMethod]
    public void Parse_TextOfAnyEndPoint_GivesTheEndPoint()
    {
        Prop.ForAll(EndPoints, endPoint => IPEndPoint.Parse(endPoint.ToString()).Equals(endPoint)).Check(Config);
    }

    [TestMethod]
    public void Serialize_AnyEndPoint_ComesBackFromTheSocketAddress()
    {
        SocketAddress reused = new();
        Prop.ForAll(EndPoints, endPoint =>
        {
            endPoint.WriteTo(reused);
            return endPoint.Equals(EndPoint.From(reused)) && reused.Equals(endPoint.Serialize()) &&
                reused.IsLoopback == IPAddress.IsLoopback(endPoint.Address);
        }).Check(Config);
    }

    [TestMethod]
    public void ToString_AnyAddress_IsReadByDotNetAndAgreesWithIt()
    {
        Prop.ForAll(AddressBytes, bytes =>
        {
            string ours = new IPAddress(bytes).ToString();
            System.Net.IPAddress theirs = new(bytes);

            // .NET writes dots also where no RFC asks for them (ISATAP, IPv4-compatible) and not for ::ffff:0.0.x.y.
            bool sameForm = HasDots(ours) == HasDots(theirs.ToString());
            return System.Net.IPAddress.Parse(ours).Equals(theirs) &&
                IPAddress.Parse(theirs.ToString()) == new IPAddress(bytes) && (!sameForm || ours == theirs.ToString());
        }).Check(Config);
    }

    [TestMethod]
    public void Properties_AnyAddress_AgreeWithDotNet()
    {
        Prop.ForAll(AddressBytes, bytes =>
        {
            IPAddress ours = new(bytes);
            System.Net.IPAddress theirs = new(bytes);

            // Of the mapped loopback addresses, .NET knows ::ffff:127.0.0.1 alone.
            return ours.IsIPv4MappedToIPv6 == theirs.IsIPv4MappedToIPv6 &&
                ours.IsIPv6LinkLocal == theirs.IsIPv6LinkLocal &&
                ours.IsIPv6Multicast == theirs.IsIPv6Multicast &&
                (theirs.IsIPv4MappedToIPv6 || IPAddress.IsLoopback(ours) == System.Net.IPAddress.IsLoopback(theirs)) &&
                ours.MapToIPv6().GetAddressBytes().AsSpan().SequenceEqual(theirs.MapToIPv6().GetAddressBytes());
        }).Check(Config);
    }

    private static bool HasDots(string text) => text.Contains('.', StringComparison.Ordinal);
}
