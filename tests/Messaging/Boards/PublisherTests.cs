using IoTNet.Emulator;

namespace IoTNet.Tests.Messaging.Boards;

/// <summary>A publisher on a board, some of whose subscribers die without a word.</summary>
[TestClass]
public class PublisherTests
{
    // More than lwIP and the pipe of one subscriber hold.
    private const int Messages = 5_000;
    private const int Burst = 100;
    private const int MessageBytes = 100;

    [TestMethod]
    public void Pub_WhoseSubscribersDie_NeverWaitsAndServesTheLivingOnes() => TestNetwork.Run(net =>
    {
        net.Patience = BoardSockets.Patience;
        EmulatedBoard publisher = net.AddBoard("publisher", BoardProfile.Esp32);
        Subscriber living = new(net, publisher, "living");
        Subscriber unpowered = new(net, publisher, "unpowered");
        Subscriber cut = new(net, publisher, "cut");
        Subscriber[] all = [living, unpowered, cut];
        net.Wait(publisher.Run(() =>
        {
            MessageSocket pub = BoardSockets.Open(MessageSocketType.Pub);
            pub.Bind($"tcp://*:{BoardSockets.Port}");
            byte[] message = new byte[MessageBytes];
            // Number 0 until all have subscribed.
            BoardSockets.WaitUntil(() =>
            {
                Send(pub, message, 0);
                Thread.Sleep(10);
                return all.All(s => s.HeardAny);
            }, "all subscribers hear the publisher");

            unpowered.Board.PowerOff();
            net.SetLink(cut.Board, LinkConditions.Down);
            for (int i = 1; i <= Messages; i++)
            {
                Send(pub, message, i);
                // No faster than the living one takes them: a publisher drops what it does not.
                int sent = i;
                if (i % Burst == 0)
                {
                    BoardSockets.WaitUntil(() => living.Last == sent, $"message {i} at the living subscriber, which has {living.Last}");
                }
            }

            pub.Close();
            MessageContext.Current.Close();
        }));
        Assert.AreEqual(Messages, living.CountInOrder);
        living.Board.PowerOff();
        cut.Board.PowerOff();
    });

    // For ever, if it had to: a wait would not end before the test's patience does.
    private static void Send(MessageSocket pub, byte[] message, int number)
    {
        BitConverter.TryWriteBytes(message, number);
        Assert.AreEqual(0, pub.TrySend(message, 0, message.Length, false, -1));
    }

    /// <summary>A SUB on a board of its own, until that has no power.</summary>
    private sealed class Subscriber
    {
        private volatile int _last = -1;

        public Subscriber(TestNetwork net, EmulatedBoard publisher, string name)
        {
            Board = net.AddBoard(name, BoardProfile.Esp32);
            Board.Run(() =>
            {
                MessageSocket sub = BoardSockets.Open(MessageSocketType.Sub);
                sub.Subscribe("");
                sub.Connect(BoardSockets.EndpointOf(publisher));
                byte[] message = new byte[MessageBytes];
                while (sub.TryReceive(message, 0, message.Length, out _, -1) >= 0)
                {
                    int number = BitConverter.ToInt32(message);
                    CountInOrder += number > 0 && number == _last + 1 ? 1 : 0;
                    _last = number;
                }
            });
        }

        public EmulatedBoard Board { get; }

        public bool HeardAny => _last >= 0;

        public int Last => _last;

        /// <summary>How many numbers above 0 were the next one.</summary>
        public int CountInOrder { get; private set; }
    }
}
