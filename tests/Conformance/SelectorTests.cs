#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // What a selector reports of a socket, and when.
    [TestClass]
    public class SelectorTests
    {
        private const PollEvents Both = PollEvents.In | PollEvents.Out;

        [TestMethod]
        public void Watch_WhatIsSoAlready_IsReportedByTheNextWait() => Selection.OnEach((sockets, selection) =>
        {
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[1]);
            Sockets.Await(server, PollEvents.In);
            selection.Watch(server, Both, 7);
            Assert.AreEqual(1, selection.Wait(0));
            Expect.Events(Both, selection.Seen(7));
        });

        [TestMethod]
        public void Watch_Level_IsReportedUntilItIsOver() => Selection.OnEach((sockets, selection) =>
        {
            sockets.Connected(out Socket client, out Socket server);
            selection.Watch(server, PollEvents.In, 0);
            selection.ExpectNothing();
            Sockets.Send(client, new byte[2]);
            selection.ExpectOnly(0, PollEvents.In);
            Assert.AreEqual(1, server.Receive(new byte[1]));
            selection.ExpectOnly(0, PollEvents.In);
            Assert.AreEqual(1, server.Receive(new byte[1]));
            selection.ExpectNothing();
            Sockets.Send(client, new byte[1]);
            selection.ExpectOnly(0, PollEvents.In);
        });

        [TestMethod]
        public void Watch_Once_IsOverWithItsFirstReport() => Selection.OnEach((sockets, selection) =>
        {
            sockets.Connected(out Socket client, out Socket server);
            selection.WatchOnce(server, PollEvents.In, 3);
            selection.ExpectNothing();
            Sockets.Send(client, new byte[1]);
            selection.ExpectOnly(3, PollEvents.In);
            selection.ExpectNothing();
            Sockets.Send(client, new byte[1]);
            selection.ExpectNothing();
            selection.WatchOnce(server, PollEvents.In, 4);
            selection.ExpectOnly(4, PollEvents.In);
            client.Close();
            server.Close();
            selection.ExpectNothing();
        });

        [TestMethod]
        public void Watch_Again_ChangesEventsKeyAndOnce() => Selection.OnEach((sockets, selection) =>
        {
            sockets.Connected(out Socket client, out Socket server);
            selection.Watch(server, PollEvents.In, 1);
            selection.ExpectNothing();
            selection.Watch(server, Both, 2);
            selection.ExpectOnly(2, PollEvents.Out);
            Sockets.Send(client, new byte[1]);
            Sockets.Await(server, PollEvents.In);
            selection.ExpectOnly(2, Both);
            selection.Watch(server, PollEvents.None, 2);
            selection.ExpectNothing();
            selection.WatchOnce(server, PollEvents.In, 5);
            selection.ExpectOnly(5, PollEvents.In);
            selection.ExpectNothing();
            selection.Watch(server, PollEvents.In, 6);
            selection.ExpectOnly(6, PollEvents.In);
            selection.ExpectOnly(6, PollEvents.In);
        });

        [TestMethod]
        public void Watch_UnknownHandle_IsEbadf() => Selection.OnEach((sockets, selection) =>
        {
            Socket socket = sockets.Udp();
            int handle = socket.Handle;
            socket.Close();
            Expect.Fails(Errno.EBADF, selection.Selector.Watch(handle, PollEvents.In, false, 1));
            Expect.Fails(Errno.EBADF, selection.Selector.Watch(-1, PollEvents.In, false, 1));
            selection.ExpectNothing();
        });

        [TestMethod]
        public void Watch_Listener_ReportsAConnectionUntilItIsAccepted() => Selection.OnEach((sockets, selection) =>
        {
            Socket listener = sockets.Listener();
            selection.Watch(listener, PollEvents.In, 1);
            selection.ExpectNothing();
            Socket first = sockets.ConnectTo(listener);
            Socket second = sockets.ConnectTo(listener);
            selection.ExpectOnly(1, PollEvents.In);
            sockets.AcceptFrom(listener);
            Sockets.Await(listener, PollEvents.In);
            selection.ExpectOnly(1, PollEvents.In);
            sockets.AcceptFrom(listener);
            selection.ExpectNothing();
            Assert.IsFalse(first.IsClosed || second.IsClosed);
        });

        [TestMethod]
        public void Watch_ConnectThatSucceeds_ReportsOut() => Selection.OnEach((sockets, selection) =>
        {
            Socket listener = sockets.Listener();
            Socket client = sockets.Tcp();
            Background acceptor = sockets.AcceptBehind(listener);
            client.Blocking = false;
            int result = client.TryConnect(listener.LocalEndPoint, 0);
            Assert.IsTrue(result == 0 || result == -(int)Errno.EINPROGRESS, "connect gave " + result.ToString());
            selection.Watch(client, PollEvents.Out, 1);
            selection.ExpectOnly(1, PollEvents.Out);
            Assert.AreEqual(0, (int)client.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error));
            Assert.IsTrue(client.IsConnected);
            acceptor.Join();
        });

        [TestMethod]
        public void Watch_ConnectThatIsRefused_ReportsErrUntilItIsTaken() => Selection.OnEach((sockets, selection) =>
        {
            EndPoint nobody = sockets.RefusingAddress();
            Socket client = sockets.Tcp();
            client.Blocking = false;
            Expect.FailsEither(Errno.EINPROGRESS, Errno.ECONNREFUSED, client.TryConnect(nobody, 0));
            selection.Watch(client, PollEvents.Out, 1);
            selection.Await();
            Expect.Has(PollEvents.Out | PollEvents.Hup, selection.Seen(1));
            selection.Await();
            Expect.Has(PollEvents.Out | PollEvents.Hup, selection.Seen(1));
            Expect.Events(client.Wait(PollEvents.Out, 0), selection.Seen(1));
            client.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error);
            selection.Await();
            Expect.Events(client.Wait(PollEvents.Out, 0), selection.Seen(1));
            Expect.Has(PollEvents.Hup, selection.Seen(1));
        });

        [TestMethod]
        public void Watch_PeerCloses_ReportsIn() => Selection.OnEach((sockets, selection) =>
        {
            sockets.Connected(out Socket client, out Socket server);
            selection.Watch(client, PollEvents.In, 1);
            selection.ExpectNothing();
            server.Close();
            selection.ExpectOnly(1, PollEvents.In);
            Assert.AreEqual(0, client.Receive(new byte[1]));
            selection.ExpectOnly(1, PollEvents.In);
        });

        [TestMethod]
        public void Watch_Reset_ReportsErrAndHupUnasked() => Selection.OnEach((sockets, selection) =>
        {
            sockets.Connected(out Socket client, out Socket server);
            selection.Watch(client, PollEvents.None, 1);
            selection.ExpectNothing();
            Sockets.Reset(server);
            selection.ExpectOnly(1, PollEvents.Err | PollEvents.Hup);
            client.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error);
            selection.ExpectOnly(1, PollEvents.Hup);
        });

        [TestMethod]
        public void Watch_Out_ComesWhenThereIsRoomAgain() => Selection.OnEach((sockets, selection) =>
        {
            sockets.Connected(out Socket client, out Socket server);
            int sent = Sockets.Fill(client);
            selection.Watch(client, PollEvents.Out, 1);
            selection.ExpectNothing();
            byte[] buffer = new byte[16384];
            for (int got = 0; got < sent;)
            {
                got += server.Receive(buffer);
            }

            selection.ExpectOnly(1, PollEvents.Out);
        });

        [TestMethod]
        public void Watch_Datagrams_ReportIn() => Selection.OnEach((sockets, selection) =>
        {
            Socket receiver = sockets.BoundUdp();
            Socket sender = sockets.Udp();
            selection.Watch(receiver, PollEvents.In, 1);
            selection.ExpectNothing();
            sender.SendTo(new byte[] { 1 }, receiver.LocalEndPoint);
            selection.ExpectOnly(1, PollEvents.In);
            receiver.Receive(new byte[1]);
            selection.ExpectNothing();
        });

        [TestMethod]
        public void Wait_MoreReadyThanRoom_ReportsEachInTurn() => Selection.OnEach((sockets, selection) =>
        {
            const int count = 7;
            Selection narrow = new Selection(selection.Selector, 3);
            for (int i = 0; i < count; i++)
            {
                narrow.Watch(sockets.BoundUdp(), PollEvents.Out, i);
            }

            int[] seen = new int[count];
            for (int wait = 0; wait < count; wait++)
            {
                Assert.AreEqual(3, narrow.Wait(0));
                for (int i = 0; i < 3; i++)
                {
                    Expect.Events(PollEvents.Out, narrow.Seen(narrow.KeyAt(i)));
                    seen[narrow.KeyAt(i)]++;
                }
            }

            // 7 waits for 3 of 7: each had its turn three times.
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual(3, seen[i], "reports of key " + i.ToString());
            }
        });

        [TestMethod]
        public void Wait_MoreReadyThanRoomForOnce_ReportsEachOnce() => Selection.OnEach((sockets, selection) =>
        {
            const int count = 7;
            Selection narrow = new Selection(selection.Selector, 2);
            for (int i = 0; i < count; i++)
            {
                narrow.WatchOnce(sockets.BoundUdp(), PollEvents.Out, i);
            }

            int[] seen = new int[count];
            int total = 0;
            while (narrow.Wait(0) > 0)
            {
                for (int i = 0; i < narrow.Count; i++)
                {
                    seen[narrow.KeyAt(i)]++;
                    total++;
                }

                Assert.IsTrue(total <= count, "a watch for once was reported twice");
            }

            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual(1, seen[i], "reports of key " + i.ToString());
            }
        });

        [TestMethod]
        public void Unwatch_OfAReadySocket_EndsItsReports() => Selection.OnEach((sockets, selection) =>
        {
            Socket socket = sockets.BoundUdp();
            Socket other = sockets.BoundUdp();
            selection.Watch(socket, PollEvents.Out, 1);
            selection.Watch(other, PollEvents.Out, 2);
            Assert.AreEqual(2, selection.Wait(0));
            selection.Selector.Unwatch(socket.Handle);
            selection.ExpectOnly(2, PollEvents.Out);
            selection.Selector.Unwatch(socket.Handle);
            selection.Watch(socket, PollEvents.Out, 3);
            Assert.AreEqual(2, selection.Wait(0));
            Expect.Events(PollEvents.Out, selection.Seen(3));
        });

        [TestMethod]
        public void Close_OfAWatchedSocket_IsReportedAsNvalOnce() => Selection.OnEach((sockets, selection) =>
        {
            sockets.Connected(out Socket client, out Socket _);
            Socket udp = sockets.BoundUdp();
            selection.Watch(client, PollEvents.In, 1);
            selection.Watch(udp, PollEvents.Out, 2);
            selection.ExpectOnly(2, PollEvents.Out);
            client.Close();
            selection.Wait(0);
            Expect.Events(PollEvents.Nval, selection.Seen(1));
            udp.Close();
            selection.ExpectOnly(2, PollEvents.Nval);
            selection.ExpectNothing();
        });

        [TestMethod]
        public void Close_ThenUnwatch_LeavesNothingToReport() => Selection.OnEach((sockets, selection) =>
        {
            Socket socket = sockets.BoundUdp();
            int handle = socket.Handle;
            selection.Watch(socket, PollEvents.In, 1);
            socket.Close();
            selection.Selector.Unwatch(handle);
            selection.ExpectNothing();
            selection.Selector.Unwatch(handle);
        });

        [TestMethod]
        public void Close_ThenOpenWithTheSameKey_KeepsThemApart() => Selection.OnEach((sockets, selection) =>
        {
            // The system gives a number out again at once; neither the old socket's events nor its end may seem the new one's.
            for (int i = 0; i < 50; i++)
            {
                Socket socket = sockets.BoundUdp();
                selection.Watch(socket, Both, 2 * i);
                if (i % 2 == 0)
                {
                    selection.ExpectOnly(2 * i, PollEvents.Out);
                }

                socket.Close();
                Socket next = sockets.BoundUdp();
                selection.Watch(next, PollEvents.In, (2 * i) + 1);
                selection.ExpectOnly(2 * i, PollEvents.Nval);
                selection.ExpectNothing();
                selection.Selector.Unwatch(next.Handle);
                next.Close();
                selection.ExpectNothing();
            }
        });

        [TestMethod]
        public void Watch_OneSocketByTwoSelectors_ReportsToBoth() => Selection.OnEach((sockets, selection) =>
        {
            Selection second = new Selection(Selectors.Open(Sockets.Stacks.Network));
            sockets.Connected(out Socket client, out Socket server);
            selection.Watch(server, PollEvents.In, 1);
            second.WatchOnce(server, Both, 2);
            second.ExpectOnly(2, PollEvents.Out);
            second.Watch(server, PollEvents.In, 3);
            Sockets.Send(client, new byte[1]);
            selection.ExpectOnly(1, PollEvents.In);
            second.ExpectOnly(3, PollEvents.In);
            selection.Selector.Unwatch(server.Handle);
            selection.ExpectNothing();
            second.ExpectOnly(3, PollEvents.In);
            selection.Watch(server, PollEvents.None, 4);
            server.Close();
            second.ExpectOnly(3, PollEvents.Nval);
            selection.ExpectOnly(4, PollEvents.Nval);
            second.Selector.Close();
            selection.ExpectNothing();
        });
    }
}
