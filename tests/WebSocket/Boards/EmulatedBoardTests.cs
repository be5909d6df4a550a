using IoTNet.Emulator;

namespace IoTNet.Tests.WebSockets.Boards;

/// <summary>Boards with the real lwIP and few sockets.</summary>
[TestClass]
public sealed class EmulatedBoardTests
{
    private const int Clients = 3;
    private const int Rounds = 20;

    [TestMethod]
    public void Echo_OfABoardUnderLoss_ComesBackWhole() => TestNetwork.Run(net =>
    {
        net.Patience = TimeSpan.FromSeconds(60);
        EmulatedBoard server = net.AddBoard("server", BoardProfile.Esp32);
        using ManualResetEventSlim isListening = new();
        server.Run(() => Serve(isListening));
        for (int i = 0; i < Clients; i++)
        {
            EmulatedBoard client = net.AddBoard("client" + i, BoardProfile.Stm32);
            net.SetLink(client, new LinkConditions { Loss = 0.05 });
            client.Run(() =>
            {
                Assert.IsTrue(isListening.Wait(World.PatienceMs));
                Talk("ws://" + server.Address + ":80/");
            });
        }

        net.Wait();
    });

    private static void Serve(ManualResetEventSlim isListening)
    {
        using EventLoop loop = new();
        WebSocketServer server = new(loop, "0.0.0.0:80");
        int left = Clients;
        server.Connection += socket =>
        {
            socket.Text += (s, buffer, offset, count) => s.SendText(buffer, offset, count);
            socket.Closed += (_, code, _, wasClean) =>
            {
                Assert.AreEqual("4000 True", code + " " + wasClean);
                if (--left == 0)
                {
                    loop.Stop();
                }
            };
        };
        isListening.Set();
        loop.Run();
        server.Close();
        server.CloseConnections();
    }

    private static void Talk(string uri)
    {
        using EventLoop loop = new();
        int round = 0;
        Exception? failure = null;
        WebSocketClient.Connect(loop, uri, new WebSocketClientOptions { ConnectTimeoutMs = World.PatienceMs }, (socket, error) =>
        {
            if (socket == null)
            {
                failure = error;
                loop.Stop();
                return;
            }

            socket.Text += (s, buffer, offset, count) =>
            {
                Assert.AreEqual(Text(round), World.TextOf(buffer, offset, count));
                if (++round < Rounds)
                {
                    s.SendText(Text(round));
                }
                else
                {
                    s.Close(4000, "");
                }
            };
            socket.Error += (_, e) => failure = e;
            socket.Closed += (_, _, _, _) => loop.Stop();
            socket.SendText(Text(0));
        });
        loop.Run();
        Assert.IsNull(failure, failure?.Message);
        Assert.AreEqual(Rounds, round);
    }

    private static string Text(int round) => new('é', round * 100);
}
