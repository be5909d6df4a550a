using System;
#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif

namespace IoTNet.Tests
{
    // Waiting for one socket: Wait (poll(2)'s events) and Poll (nanoFramework's form).
    [TestClass]
    public class PollTests
    {
        private const int TimeoutMs = 200;
        private const PollEvents Both = PollEvents.In | PollEvents.Out;

        [TestMethod]
        public void Poll_FreshDatagramSocket_IsWritable()
        {
            using Sockets sockets = new Sockets();
            Expect.Events(PollEvents.Out, sockets.Udp().Wait(Both, 0));
        }

        [TestMethod]
        public void Poll_NeverConnected_IsWritableAndHungUp()
        {
            using Sockets sockets = new Sockets();
            Expect.Events(PollEvents.Out | PollEvents.Hup, sockets.Tcp().Wait(Both, 0));
        }

        [TestMethod]
        public void Poll_Connected_IsWritable()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket _);
            Expect.Events(PollEvents.Out, client.Wait(Both, 0));
            Expect.Events(PollEvents.None, client.Wait(PollEvents.In, 0));
            Expect.Events(PollEvents.None, client.Wait(PollEvents.None, 0));
        }

        [TestMethod]
        public void Poll_DataThere_IsReadable()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Send(client, new byte[1]);
            Expect.Events(PollEvents.In, Sockets.Await(server, PollEvents.In));
            Expect.Events(Both, server.Wait(Both, 0));
            server.Receive(new byte[1]);
            Expect.Events(PollEvents.None, server.Wait(PollEvents.In, 0));
        }

        [TestMethod]
        public void Poll_PeerClosed_IsReadableNotHungUp()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            server.Close();
            Sockets.Await(client, PollEvents.In);
            Expect.Events(Both, client.Wait(Both, 0));
        }

        [TestMethod]
        public void Poll_BothHalvesOver_HangsUpUnasked()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            if (!StackUnderTest.Capabilities.HasHalfClose)
            {
                Expect.Fails(Errno.EOPNOTSUPP, client.TryShutdown(SocketShutdown.Send));
                return;
            }

            client.Shutdown(SocketShutdown.Send);
            Expect.Events(PollEvents.Out, client.Wait(Both, 0));
            server.Shutdown(SocketShutdown.Send);
            Expect.Events(PollEvents.Hup, Sockets.Await(client, PollEvents.None));
            Expect.Events(Both | PollEvents.Hup, client.Wait(Both, 0));
        }

        [TestMethod]
        public void Poll_Reset_TellsErrorAndHangUpUnasked()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Sockets.Reset(server);
            Expect.Events(PollEvents.Err | PollEvents.Hup, Sockets.Await(client, PollEvents.None));
            Expect.Events(Both | PollEvents.Err | PollEvents.Hup, client.Wait(Both, 0));
            Assert.AreEqual((int)Errno.ECONNRESET, (int)client.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error));
            Expect.Events(Both | PollEvents.Hup, client.Wait(Both, 0));
        }

        [TestMethod]
        public void Poll_Listener_IsReadableWhenAConnectionWaits()
        {
            using Sockets sockets = new Sockets();
            Socket listener = sockets.Listener();
            Expect.Events(PollEvents.None, listener.Wait(Both, 0));
            sockets.ConnectTo(listener);
            Expect.Events(PollEvents.In, Sockets.Await(listener, PollEvents.In));
            sockets.AcceptFrom(listener);
            Expect.Events(PollEvents.None, listener.Wait(Both, 0));
        }

        [TestMethod]
        public void Poll_Closed_IsNvalAtOnce()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.Udp();
            socket.Close();
            Expect.Events(PollEvents.Nval, socket.Wait(PollEvents.In, -1));
        }

        [TestMethod]
        public void Poll_NothingInTime_GivesNone()
        {
            using Sockets sockets = new Sockets();
            Socket socket = sockets.BoundUdp();
            Stopwatch stopwatch = new Stopwatch();
            Expect.Events(PollEvents.None, socket.Wait(PollEvents.In, TimeoutMs));
            stopwatch.AssertTook(TimeoutMs);
            stopwatch = new Stopwatch();
            Assert.IsFalse(socket.Poll(TimeoutMs * 1000, SelectMode.SelectRead));
            stopwatch.AssertTook(TimeoutMs);
        }

        [TestMethod]
        public void Poll_OneMicrosecond_IsNotForEver()
        {
            using Sockets sockets = new Sockets();
            Assert.IsFalse(sockets.BoundUdp().Poll(1, SelectMode.SelectRead));
        }

        [TestMethod]
        public void Poll_ForEver_WaitsForTheEvent()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Background waiter = sockets.Start(() => Expect.Events(PollEvents.In, server.Wait(PollEvents.In, -1)));
            Background poller = sockets.Start(() => Assert.IsTrue(server.Poll(-1, SelectMode.SelectRead)));
            waiter.LetBlock();
            Assert.IsFalse(waiter.HasEnded || poller.HasEnded, "the wait ended without an event");
            Sockets.Send(client, new byte[1]);
            waiter.Join();
            poller.Join();
        }

        [TestMethod]
        public void Poll_Modes_TellReadWriteAndError()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            Assert.IsFalse(client.Poll(0, SelectMode.SelectRead));
            Assert.IsTrue(client.Poll(0, SelectMode.SelectWrite));
            Assert.IsFalse(client.Poll(0, SelectMode.SelectError));
            Sockets.Send(server, new byte[1]);
            Assert.IsTrue(client.Poll(Sockets.PatienceMs * 1000, SelectMode.SelectRead));
            Expect.Throws(typeof(ArgumentOutOfRangeException), () => client.Poll(0, (SelectMode)3));
        }

        [TestMethod]
        public void Poll_ConnectRefused_TellsError()
        {
            using Sockets sockets = new Sockets();
            Socket client = sockets.Tcp();
            Expect.Fails(Errno.EINPROGRESS, client.TryConnect(sockets.RefusingAddress(), 0));
            Sockets.Await(client, PollEvents.Out);
            Assert.IsTrue(client.Poll(0, SelectMode.SelectError));
            Assert.IsTrue(client.Poll(0, SelectMode.SelectWrite));
        }

        [TestMethod]
        public void Poll_Write_WaitsForRoom()
        {
            using Sockets sockets = new Sockets();
            sockets.Connected(out Socket client, out Socket server);
            int sent = Sockets.Fill(client);
            Background waiter = sockets.Start(() => Expect.Events(PollEvents.Out, client.Wait(PollEvents.Out, -1)));
            waiter.LetBlock();
            Assert.IsFalse(waiter.HasEnded, "writable without room");
            byte[] buffer = new byte[65536];
            while (sent > 0)
            {
                sent -= server.Receive(buffer);
            }

            waiter.Join();
        }
    }
}
