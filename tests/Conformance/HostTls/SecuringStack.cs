using System;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using IoTNet.Boards;

namespace IoTNet.Tests
{
    // Secures each TCP connection as soon as it stands. All trust one certificate, which is made here.
    internal sealed class SecuringStack : INetworkStack, ISelectorStack, INetworkInterfaces, IFailureReasons, ISocketCounter
    {
        private readonly SystemNetStack _host;
        private readonly TlsStack _tls;
        private readonly TlsOptions _options;
        private readonly ISelector _handshakes;

        // TCP sockets that are not connected.
        private readonly ConcurrentDictionary<int, object> _plain = new ConcurrentDictionary<int, object>();

        public SecuringStack(SystemNetStack host)
        {
            _host = host;
            _tls = new TlsStack(host, new SslStreamProvider());
            using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            CertificateRequest request = new CertificateRequest("CN=conformance", key, HashAlgorithmName.SHA256);
            SubjectAlternativeNameBuilder names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("conformance.test");
            request.CertificateExtensions.Add(names.Build());
            using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            byte[] pem = Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());
            _options = new TlsOptions
            {
                CaCertificates = pem,
                Certificate = pem,
                PrivateKey = Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()),
                HostName = "conformance.test",
            };
            _handshakes = _tls.OpenSelector();
            new Thread(DoHandshakes) { IsBackground = true }.Start();
        }

        public int OpenSockets
        {
            get
            {
                // A socket that still sends after its close is on its way.
                SpinWait.SpinUntil(() => _tls.ClosingSessions == 0, 5000);
                return _host.OpenSockets;
            }
        }

        public string Name => _tls.Name;

        public bool HasLoopback => _tls.HasLoopback;

        public string DescribeExhaustion() => _tls.DescribeExhaustion();

        public string DescribeFailure(int handle, Errno error) => _tls.DescribeFailure(handle, error);

        public int Open(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            int handle = _tls.Open(family, type, protocol);
            if (handle >= 0 && type == SocketType.Stream && family != AddressFamily.Unix)
            {
                _plain[handle] = _plain;
            }

            return handle;
        }

        public int Close(int handle)
        {
            _plain.TryRemove(handle, out _);
            return _tls.Close(handle);
        }

        public int Bind(int handle, SocketAddress local) => _tls.Bind(handle, local);

        public int Listen(int handle, int backlog) => _tls.Listen(handle, backlog);

        public int Accept(int handle, SocketAddress peer, int timeoutMs)
        {
            int accepted = _tls.Accept(handle, peer, timeoutMs);
            if (accepted >= 0 && _plain.ContainsKey(handle))
            {
                Secure(accepted, true);

                // Where both ends are secured, the connection is one before the test goes on.
                _tls.Poll(accepted, PollEvents.Out, 1000);
            }

            return accepted;
        }

        public int Connect(int handle, SocketAddress remote, int timeoutMs)
        {
            int result = _tls.Connect(handle, remote, timeoutMs);
            Secured(handle);
            return result;
        }

        public int Shutdown(int handle, SocketShutdown how) => _tls.Shutdown(Secured(handle), how);

        public int Send(int handle, byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs) =>
            _tls.Send(Secured(handle), buffer, offset, count, flags, to, timeoutMs);

        public int Receive(int handle, byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, int timeoutMs) =>
            _tls.Receive(Secured(handle), buffer, offset, count, ref flags, from, timeoutMs);

        public int SendMsg(int handle, SocketMessage message, int timeoutMs) => _tls.SendMsg(Secured(handle), message, timeoutMs);

        public int ReceiveMsg(int handle, SocketMessage message, int timeoutMs) => _tls.ReceiveMsg(Secured(handle), message, timeoutMs);

        public int GetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length) =>
            _tls.GetOption(Secured(handle), level, name, value, length);

        public int SetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length) =>
            _tls.SetOption(handle, level, name, value, length);

        public int GetLocalAddress(int handle, SocketAddress local) => _tls.GetLocalAddress(handle, local);

        public int GetRemoteAddress(int handle, SocketAddress remote) => _tls.GetRemoteAddress(Secured(handle), remote);

        public int Poll(int handle, PollEvents events, int timeoutMs) => _tls.Poll(Secured(handle), events, timeoutMs);

        public int PollMany(int[] handles, int[] events, int[] results, int count, int timeoutMs)
        {
            for (int i = 0; i < count; i++)
            {
                Secured(handles[i]);
            }

            return _tls.PollMany(handles, events, results, count, timeoutMs);
        }

        public ISelector OpenSelector() => _tls.OpenSelector();

        public int FindInterface(string name) => _tls.FindInterface(name);

        public string GetInterfaceName(int index) => _tls.GetInterfaceName(index);

        // A connect's end is seen with the next call; from then on the connection is secured.
        private int Secured(int handle)
        {
            if (!_plain.IsEmpty && _plain.ContainsKey(handle) && _tls.GetRemoteAddress(handle, new SocketAddress()) >= 0)
            {
                Secure(handle, false);
            }

            return handle;
        }

        private void Secure(int handle, bool isServer)
        {
            _plain.TryRemove(handle, out _);
            if (_tls.Secure(handle, isServer, null, _options) >= 0)
            {
                _handshakes.Watch(handle, PollEvents.Out, true, 0);
            }
        }

        // Moves handshakes on: many a test has both ends on one thread.
        private void DoHandshakes()
        {
            int[] keys = new int[16];
            int[] seen = new int[16];
            while (_handshakes.Wait(keys, seen, -1) >= 0)
            {
            }
        }
    }
}
