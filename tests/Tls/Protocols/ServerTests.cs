using System.Text;

namespace IoTNet.Tests.Tls.Protocols;

/// <summary>TcpServer and TcpConnector with TlsOptions as their Security.</summary>
[TestClass]
public sealed class ServerTests
{
    [TestMethod]
    public void Server_WithTls_CarriesBothWaysAndEndsInOrder()
    {
        using SecureWorld world = new();
        TcpServer server = Echo(world);
        (Connection? client, SocketException? failure) = Connect(world, server, world.Client);
        Assert.IsNull(failure, failure?.Message);
        MemoryStream came = new();
        bool ended = false;
        client!.Data += (_, buffer, offset, count) => came.Write(buffer, offset, count);
        client.Ended += _ => ended = true;

        // More than one record, and more than the socket takes at once.
        byte[] sent = new byte[300_000];
        new Random(7).NextBytes(sent);
        int at = 0;
        client.Drain += Write;
        Write(client);
        void Write(Connection connection)
        {
            int count;
            do
            {
                count = Math.Min(10_000, sent.Length - at);
                at += count;
            }
            while (count > 0 && connection.Write(sent, at - count, count));
        }

        world.Until(() => came.Length >= sent.Length, () => came.Length + " bytes came back");
        CollectionAssert.AreEqual(sent, came.ToArray());

        client.End();
        world.Until(() => ended && client.IsClosed, () => "the end did not come back");
        server.Close();
        world.AssertClosed();
    }

    [TestMethod]
    public void Connect_ToACertificateOfAnotherCa_FailsAndSaysWhy()
    {
        using SecureWorld world = new();
        TcpServer server = Echo(world);
        int opened = 0;
        List<string> errors = [];
        server.Connection += connection =>
        {
            opened++;
            connection.Error += (_, error) => errors.Add(error.Message);
        };

        (Connection? client, SocketException? failure) = Connect(world, server, world.Stranger);

        Assert.IsNull(client);
        StringAssert.Contains(failure!.Message, "was issued by CN=IoTNet test CA, which is not one of the CA certificates");
        world.Until(() => opened == errors.Count, () => "the server keeps a client that left");
        server.Close();
        world.AssertClosed();
    }

    [TestMethod]
    public void Connect_ToAnotherHost_FailsAndNamesBoth()
    {
        using SecureWorld world = new();
        world.Client.HostName = "elsewhere.test";
        TcpServer server = Echo(world);

        (Connection? client, SocketException? failure) = Connect(world, server, world.Client);

        Assert.IsNull(client);
        StringAssert.Contains(failure!.Message, "elsewhere.test");
        StringAssert.Contains(failure.Message, "server.test");
        world.Until(() => server.ConnectionCount == 0, () => "the server keeps a client that left");
        server.Close();
        world.AssertClosed();
    }

    [TestMethod]
    public void Server_SpokenToInPlain_ClosesThatClientAlone()
    {
        using SecureWorld world = new();
        TcpServer server = Echo(world);
        using Socket plain = new(world.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        plain.Connect(server.Socket.LocalEndPoint, Link.PatienceMs);
        plain.Send(Encoding.ASCII.GetBytes("GET / HTTP/1.0\r\n\r\n"));
        byte[] buffer = new byte[100];
        int count = 1;
        world.Until(() => (count = plain.TryReceive(buffer, 0, buffer.Length, SocketFlags.DontWait)) is 0 or -(int)Errno.ECONNRESET,
            () => "the server still listens to it: " + count);

        (Connection? client, SocketException? failure) = Connect(world, server, world.Client);

        Assert.IsNull(failure, failure?.Message);
        client!.Close();
        plain.Close();
        world.Until(() => server.ConnectionCount == 0, () => "the server keeps a client that left");
        server.Close();
        world.AssertClosed();
    }

    private static TcpServer Echo(SecureWorld world)
    {
        TcpServer server = new(world.Loop, "tls://127.0.0.1:0", new TcpServerOptions { Security = world.Server });
        server.Connection += connection => connection.Data += static (c, buffer, offset, count) => c.Write(buffer, offset, count);
        return server;
    }

    private static (Connection? Client, SocketException? Failure) Connect(SecureWorld world, TcpServer server, TlsOptions options)
    {
        Connection? client = null;
        SocketException? failure = null;
        TcpConnector connector = new(world.Loop, new ConnectionOptions { Security = options });
        connector.Connect(server.Address, Link.PatienceMs, (connection, error) => (client, failure) = (connection, error));
        world.Until(() => client != null || failure != null, () => "neither connected nor failed");
        return (client, failure);
    }
}
