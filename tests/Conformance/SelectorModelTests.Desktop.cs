#if !NANOFRAMEWORK_1_0
using System;
using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Tests
{
    // Random operations on a dozen of sockets; each wait must report what polls of the watched ones say, no more and no less.
    [TestClass]
    public class SelectorModelTests
    {
        private const int Operations = 10000;
        private const int Slots = 12;
        private const PollEvents Both = PollEvents.In | PollEvents.Out;

        // struct linger: on, 0 s.
        private static readonly byte[] s_reset = { 1, 0, 0, 0, 0, 0, 0, 0 };

        [TestMethod]
        public void Wait_AfterRandomOperations_ReportsWhatPollsSay() => Selection.OnEach((sockets, selection) =>
        {
            Model model = new Model(sockets, selection.Selector, Pattern.NewRandom());
            for (int i = 0; i < Operations; i++)
            {
                model.Step(i);
            }
        });

        private sealed class Entry
        {
            public Socket Socket;
            public int Handle;
            public PollEvents Events;
            public bool IsOnce;
            public int Key;

            // The watch is over once this was reported.
            public PollEvents Before;
            public PollEvents After;

            public PollEvents Look()
            {
                return Socket.IsClosed ? PollEvents.Nval : Socket.Wait(Events, 0);
            }
        }

        private sealed class Model
        {
            private readonly Sockets _sockets;
            private readonly ISelector _selector;
            private readonly Random _random;
            private readonly Socket[] _slots = new Socket[Slots];
            private readonly List<Entry> _watched = new List<Entry>();
            private readonly byte[] _bytes = new byte[4000];
            private readonly EndPoint _nobody;
            private int _step;

            public Model(Sockets sockets, ISelector selector, Random random)
            {
                _sockets = sockets;
                _selector = selector;
                _random = random;
                _nobody = sockets.RefusingAddress();
            }

            public void Step(int step)
            {
                _step = step;
                Socket socket = _slots[_random.Next(Slots)];
                int choice = _random.Next(20);
                if (choice >= 15)
                {
                    Check(choice == 15 ? 1 : choice == 16 ? 3 : Slots * 2);
                }
                else if (socket == null)
                {
                    Open(_random.Next(4));
                }
                else if (choice >= 10)
                {
                    ChangeWatch(socket, choice);
                }
                else
                {
                    Use(socket, choice);
                }
            }

            private void Open(int kind)
            {
                switch (kind)
                {
                    case 0:
                        Put(_sockets.BoundUdp());
                        break;
                    case 1:
                        Put(_sockets.Listener(4));
                        break;
                    case 2 when StackUnderTest.Capabilities.IsOneBeforeAccept:
                        Socket fresh = _sockets.Tcp();
                        fresh.Blocking = false;
                        Put(fresh);
                        break;
                    default:
                        _sockets.Connected(out Socket client, out Socket server);
                        Put(client);
                        Put(server);
                        break;
                }
            }

            private void Put(Socket socket)
            {
                for (int i = 0; i < Slots; i++)
                {
                    if (_slots[i] == null)
                    {
                        _slots[i] = socket;
                        return;
                    }
                }

                socket.Close();
            }

            private void Use(Socket socket, int choice)
            {
                switch (choice)
                {
                    case 0:
                        Close(socket, _random.Next(4) == 0);
                        break;
                    case 1:
                        socket.TryShutdown(SocketShutdown.Send);
                        break;
                    case 2:
                    case 3:
                        socket.TrySend(_bytes, 0, 1 + _random.Next(_bytes.Length), SocketFlags.DontWait);
                        break;
                    case 4:
                        for (int i = 0; i < 100 && socket.TrySend(_bytes, 0, _bytes.Length, SocketFlags.DontWait) > 0; i++)
                        {
                        }

                        break;
                    case 5:
                        if (socket.TryAccept(0, out Socket accepted) >= 0)
                        {
                            Put(_sockets.Add(accepted));
                        }

                        break;
                    case 6:
                        Connect(socket);
                        break;
                    case 7:
                        for (int i = 0; i < 200 && socket.TryReceive(_bytes, 0, _bytes.Length, SocketFlags.DontWait) > 0; i++)
                        {
                        }

                        break;
                    default:
                        socket.TryReceive(_bytes, 0, 1 + _random.Next(_bytes.Length), SocketFlags.DontWait);
                        break;
                }
            }

            private void Connect(Socket socket)
            {
                Socket other = _slots[_random.Next(Slots)];
                bool toOther = other != null && other != socket && other.IsBound && other.SocketType == socket.SocketType
                    && _random.Next(4) != 0;
                socket.Blocking = false;
                socket.TryConnect(toOther ? other.LocalEndPoint : _nobody, 0);
            }

            private void Close(Socket socket, bool reset)
            {
                _slots[Array.IndexOf(_slots, socket)] = null;
                if (reset && socket.SocketType == SocketType.Stream)
                {
                    // One whose connect has failed may be good for nothing but Close.
                    socket.TrySetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, s_reset, s_reset.Length);
                }

                socket.Close();
            }

            private void ChangeWatch(Socket socket, int choice)
            {
                int handle = socket.Handle;
                Entry entry = _watched.Find(each => each.Handle == handle);
                if (choice == 10)
                {
                    _selector.Unwatch(handle);
                    _watched.Remove(entry);
                    return;
                }

                if (choice == 11 && _watched.Count > 0)
                {
                    // Any watch, of a closed socket as well.
                    entry = _watched[_random.Next(_watched.Count)];
                    _selector.Unwatch(entry.Handle);
                    _watched.Remove(entry);
                    return;
                }

                if (entry == null)
                {
                    entry = new Entry();
                    _watched.Add(entry);
                }

                entry.Socket = socket;
                entry.Handle = handle;
                entry.Events = (PollEvents)_random.Next(8) & Both;
                entry.IsOnce = _random.Next(3) == 0;
                entry.Key = _step;
                Assert.AreEqual(0, _selector.Watch(handle, entry.Events, entry.IsOnce, entry.Key));
            }

            private void Check(int room)
            {
                int[] keys = new int[room];
                int[] seen = new int[room];
                foreach (Entry entry in _watched)
                {
                    entry.Before = entry.Look();
                }

                int count = Expect.Succeeds(_selector.Wait(keys, seen, 0));
                int surely = 0;
                foreach (Entry entry in _watched)
                {
                    entry.After = entry.Look();
                    surely += entry.Before != 0 && entry.After != 0 ? 1 : 0;
                }

                // With little room the rest may come in the next wait, with plenty all must be there.
                Assert.IsTrue(count >= Math.Min(room < Slots ? 1 : room, surely),
                    Text("reported " + count + " of " + surely + ", room " + room));
                for (int i = 0; i < count; i++)
                {
                    Entry entry = _watched.Find(each => each.Key == keys[i]);
                    Assert.IsNotNull(entry, Text("key " + keys[i] + " is not watched, or was reported twice"));
                    PollEvents events = (PollEvents)seen[i];
                    Assert.IsTrue(events != 0 && (events == entry.Before || events == entry.After),
                        Text("reported " + (int)events + ", polls say " + (int)entry.Before + " and " + (int)entry.After
                            + ", asked " + (int)entry.Events + ", " + entry.Socket.SocketType));
                    if (entry.IsOnce || events == PollEvents.Nval)
                    {
                        _watched.Remove(entry);
                    }
                    else
                    {
                        Assert.AreEqual(i, Array.IndexOf(keys, keys[i]), Text("reported twice"));
                    }
                }
            }

            private string Text(string what)
            {
                return "step " + _step + ": " + what;
            }
        }
    }
}
#endif
