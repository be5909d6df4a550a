using System.Net;
using IoTNet.Emulator;
using IoTNet.Tests.Messaging.Interop;

namespace IoTNet.Tests.Messaging.Boards;

/// <summary>CURVE between a board and libzmq on this machine (pyzmq), through the gateway.</summary>
[TestClass]
public class CurveGatewayTests
{
    private const int Questions = 20;

    private static readonly CurveKeyPair s_serverKeys = CurveKeyPair.Generate();
    private static readonly CurveKeyPair s_clientKeys = CurveKeyPair.Generate();

    public static IEnumerable<object[]> Profiles => [["esp32"], ["stm32"]];

    [TestMethod]
    [DynamicData(nameof(Profiles))]
    public void Server_OnABoard_AnswersAClientOnTheHostByItsKey(string profile) => TestNetwork.Run(net =>
    {
        using ZmqPeer peer = ZmqPeer.Start();
        net.Patience = BoardSockets.Patience;
        net.AddGateway();
        EmulatedBoard board = net.AddBoard("server", BoardProfile.Find(profile));
        Forward forward = net.AddForward(Forward.Parse($"tcp:127.0.0.1:0:{BoardSockets.Port}"));
        using ManualResetEventSlim bound = new();
        byte[]? clientKey = null;
        BoardProgram program = board.Run(() =>
        {
            MessageSocket rep = BoardSockets.Open(MessageSocketType.Rep);
            rep.Options.Security = new CurveServerSecurity(s_serverKeys, key =>
            {
                clientKey = key;
                return true;
            });
            rep.Bind($"tcp://*:{BoardSockets.Port}");
            bound.Set();
            for (int i = 0; i < Questions; i++)
            {
                rep.Send(rep.ReceiveFrames());
            }

            rep.Options.LingerMs = -1;
            MessageContext.Current.Close();
        });
        Assert.IsTrue(bound.Wait(BoardSockets.Patience));

        ZmqSocket req = peer.Open(
            "REQ", "", ("CURVE_SERVERKEY", s_serverKeys.PublicKeyText), ("CURVE_PUBLICKEY", s_clientKeys.PublicKeyText), ("CURVE_SECRETKEY", s_clientKeys.SecretKeyText));
        req.Connect("tcp://" + forward.Host);
        Assert.AreEqual(Questions, req.AskMany(Questions).Result);

        net.Wait(program);
        CollectionAssert.AreEqual(s_clientKeys.PublicKey, clientKey);
    }, "Server_" + profile);

    [TestMethod]
    [DynamicData(nameof(Profiles))]
    public void Client_OnABoard_GetsTheAnswersOfAServerOnTheHost(string profile) => TestNetwork.Run(net =>
    {
        using ZmqPeer peer = ZmqPeer.Start();
        net.Patience = BoardSockets.Patience;
        net.AddGateway();
        EmulatedBoard board = net.AddBoard("client", BoardProfile.Find(profile));
        ZmqSocket rep = peer.Open("REP", "", ("CURVE_SERVER", 1), ("CURVE_SECRETKEY", s_serverKeys.SecretKeyText));
        int port = IPEndPoint.Parse(rep.Bind("tcp://127.0.0.1:*")["tcp://".Length..]).Port;
        BoardProgram program = board.Run(() =>
        {
            MessageSocket req = BoardSockets.Open(MessageSocketType.Req);
            req.Options.Security = new CurveClientSecurity(s_serverKeys.PublicKey, s_clientKeys);
            req.Connect($"tcp://10.0.2.2:{port}");
            for (int i = 0; i < Questions; i++)
            {
                req.SendText("question " + i);
                Assert.AreEqual("question " + i, req.ReceiveText());
            }

            MessageContext.Current.Close();
        });
        Task echoing = rep.Echo(Questions);
        net.Wait(program);
        Assert.IsTrue(echoing.Wait(BoardSockets.Patience));
    }, "Client_" + profile);
}
