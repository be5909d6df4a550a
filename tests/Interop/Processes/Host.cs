using System.Net;
using System.Net.Sockets;

namespace Interop.Tests;

/// <summary>What this machine has.</summary>
internal static class Host
{
    /// <summary>Leaves the test as "skipped" when the address's family is switched off here, as in some containers.</summary>
    public static void NeedFamilyOf(string listen)
    {
        var address = IPEndPoint.Parse(listen).Address;
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
        }
        catch (SocketException e) when (e.SocketErrorCode is
            SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable)
        {
            Assert.Inconclusive($"this machine has no {address}");
        }
    }
}
