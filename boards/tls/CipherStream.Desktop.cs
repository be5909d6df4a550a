#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using System.Threading.Tasks.Sources;

namespace IoTNet.Boards
{
    // The stream under an SslStream: a socket of an IoTNet stack that never waits. A read that finds nothing stays open until
    // TryGoOn finds something, and whatever awaits it goes on within that call. A write is always taken; what the socket does not
    // take is kept. So all of SslStream's asynchronous calls run on the caller's thread, step by step.
    internal sealed class CipherStream : Stream, IValueTaskSource<int>
    {
        private const int WouldBlock = -(int)Errno.EAGAIN;

        private readonly INetworkStack _stack;
        private readonly int _handle;
        private readonly byte[] _head = new byte[8];
        private ManualResetValueTaskSourceCore<int> _read;
        private ArraySegment<byte> _target;
        private volatile bool _isReading;
        private volatile bool _isDrained;
        private int _headCount;
        private byte[] _unsent = Array.Empty<byte>();
        private int _unsentStart;
        private int _unsentEnd;

        public CipherStream(INetworkStack stack, int handle)
        {
            _stack = stack;
            _handle = handle;
        }

        // Whether the connection's end was read.
        public bool IsAtEnd { get; private set; }

        // What ended receiving; 0 = nothing.
        public int InputError { get; private set; }

        // What ended sending; 0 = nothing. The peer's alert may still be received.
        public int OutputError { get; private set; }

        public bool HasUnsent => _unsentEnd > _unsentStart;

        public bool IsReading => _isReading;

        // Whether the last receive took all that there was: a read then waits for TryGoOn, and asks for nothing in vain.
        public bool IsDrained => _isDrained;

        // The first bytes of the connection: what the peer speaks.
        public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headCount);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        // Gives the open read what has come; false when nothing has, or no read is open. Without a look at the socket only
        // when more is known to be there.
        public bool TryGoOn(bool looks)
        {
            if (!_isReading || (_isDrained && !looks))
            {
                return false;
            }

            int received = ReceiveInto(_target);
            if (received == WouldBlock)
            {
                return false;
            }

            _isReading = false;
            if (received < 0)
            {
                _read.SetException(Broken(received));
            }
            else
            {
                _read.SetResult(received);
            }

            return true;
        }

        // Ends the open read, for SslStream to give its buffers back: as if the connection had ended, which costs no exception.
        public void Abandon()
        {
            if (_isReading)
            {
                _isReading = false;
                _read.SetResult(0);
            }
        }

        public int SendUnsent()
        {
            while (HasUnsent && OutputError == 0)
            {
                int sent = _stack.Send(_handle, _unsent, _unsentStart, _unsentEnd - _unsentStart, SocketFlags.None, null, 0);
                if (sent == WouldBlock || sent == 0)
                {
                    return WouldBlock;
                }

                OutputError = sent < 0 ? sent : 0;
                _unsentStart += sent < 0 ? 0 : sent;
            }

            _unsentStart = 0;
            _unsentEnd = 0;
            return OutputError;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> target))
            {
                throw new NotSupportedException("SslStream reads into something else than an array.");
            }

            int received = _isDrained && target.Count > 0 ? WouldBlock : ReceiveInto(target);
            if (received >= 0)
            {
                return new ValueTask<int>(received);
            }

            if (received != WouldBlock)
            {
                return ValueTask.FromException<int>(Broken(received));
            }

            _read.Reset();
            _target = target;
            _isReading = true;
            return new ValueTask<int>(this, _read.Version);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int sent = 0;
            if (!HasUnsent && OutputError == 0 && MemoryMarshal.TryGetArray(buffer, out ArraySegment<byte> source))
            {
                sent = _stack.Send(_handle, source.Array, source.Offset, source.Count, SocketFlags.None, null, 0);
                OutputError = sent < 0 && sent != WouldBlock ? sent : 0;
                sent = sent < 0 ? 0 : sent;
            }

            if (sent < buffer.Length && OutputError == 0)
            {
                Keep(buffer.Span.Slice(sent));
                SendUnsent();
            }

            return default;
        }

        public int GetResult(short token) => _read.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _read.GetStatus(token);

        public void OnCompleted(Action<object> continuation, object state, short token, ValueTaskSourceOnCompletedFlags flags)
        {
            _read.OnCompleted(continuation, state, token, flags);
        }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private int ReceiveInto(ArraySegment<byte> target)
        {
            if (target.Count == 0)
            {
                return 0;
            }

            SocketFlags flags = SocketFlags.None;
            int received = _stack.Receive(_handle, target.Array, target.Offset, target.Count, ref flags, null, 0);
            if (received > 0 && _headCount < _head.Length)
            {
                int count = Math.Min(received, _head.Length - _headCount);
                Array.Copy(target.Array, target.Offset, _head, _headCount, count);
                _headCount += count;
            }

            IsAtEnd |= received == 0;
            _isDrained = received == WouldBlock || (received > 0 && received < target.Count);
            return received;
        }

        private IOException Broken(int error)
        {
            InputError = error;
            return new IOException(ErrnoTable.Describe((Errno)(-error)));
        }

        private void Keep(ReadOnlySpan<byte> bytes)
        {
            if (_unsentStart > 0)
            {
                _unsent.AsSpan(_unsentStart, _unsentEnd - _unsentStart).CopyTo(_unsent);
                _unsentEnd -= _unsentStart;
                _unsentStart = 0;
            }

            if (_unsent.Length - _unsentEnd < bytes.Length)
            {
                Array.Resize(ref _unsent, Math.Max(_unsentEnd + bytes.Length, 2 * _unsent.Length));
            }

            bytes.CopyTo(_unsent.AsSpan(_unsentEnd));
            _unsentEnd += bytes.Length;
        }
    }
}
#endif
