namespace IoTNet.Emulator;

/// <summary>A DHCP client's side of the talk (RFC 2131 4.4) without clock, thread or network: it is told the time and what
/// came, and tells what to send and when to be called again.</summary>
internal sealed class DhcpConversation
{
    private const long FirstWaitMs = 2_000, LongestWaitMs = 60_000;
    private const int RequestsAtMost = 4;

    private readonly byte[] _hardwareAddress;
    private readonly string _name;
    private readonly IPAddress? _wanted;
    private readonly Random _random;
    private State _state;
    private DhcpReply? _offer;
    private uint _transaction;
    private int _tries;
    private long _askedMs;
    private long _expiryMs;

    internal DhcpConversation(byte[] hardwareAddress, string name, IPAddress? wanted, Random random)
    {
        _hardwareAddress = hardwareAddress;
        _name = name;
        _wanted = wanted;
        _random = random;
    }

    private enum State
    {
        Init,
        Selecting,
        Requesting,
        Bound,
        Rebinding,
    }

    /// <summary>What the server gave; null = nothing yet, or no more.</summary>
    internal DhcpLease? Lease { get; private set; }

    /// <summary>When to call <see cref="Tick"/> again; <see cref="long.MaxValue"/> = never.</summary>
    internal long DueMs { get; private set; }

    /// <summary>Messages sent.</summary>
    internal int Sent { get; private set; }

    /// <summary>Messages that came and were no use: malformed, another transaction's, incomplete.</summary>
    internal int Ignored { get; private set; }

    /// <summary>Goes on after time has passed; the first call begins.</summary>
    /// <returns>The frame to send; null = none.</returns>
    internal byte[]? Tick(long nowMs)
    {
        if (nowMs < DueMs)
        {
            return null;
        }

        switch (_state)
        {
            case State.Requesting when _tries < RequestsAtMost:
                return SendRequest(nowMs);
            case State.Bound when nowMs < _expiryMs:
                // RFC 2131 4.4.5, REBINDING: any server may extend the lease. It is asked for at once, without RENEWING.
                _state = State.Rebinding;
                _tries = 0;
                NewTransaction();
                return SendRebind(nowMs);
            case State.Rebinding when nowMs < _expiryMs:
                return SendRebind(nowMs);
            default:
                // RFC 2131 4.4.5: a lease that ran out ends all use of the address; 3.1: requests without an answer begin anew.
                return _state == State.Selecting ? SendDiscover(nowMs) : Begin(nowMs);
        }
    }

    /// <summary>Takes a frame from the network.</summary>
    /// <returns>The frame to send; null = none.</returns>
    internal byte[]? Receive(ReadOnlySpan<byte> frame, long nowMs)
    {
        DhcpReply? reply = DhcpReply.Read(frame, _hardwareAddress);
        bool awaited = reply != null && reply.Transaction == _transaction;
        switch (_state)
        {
            case State.Selecting when awaited && reply!.Type == DhcpReply.Offer && IsHost(reply.Address) && IsHost(reply.Server):
                _offer = reply;
                _state = State.Requesting;
                _tries = 0;
                return SendRequest(nowMs);
            case State.Requesting or State.Rebinding when awaited && reply!.Type == DhcpReply.Nak:
                // Not at once, or a server that always refuses would be asked without end.
                Lease = null;
                _state = State.Init;
                DueMs = nowMs + Wait(0);
                return null;
            case State.Requesting or State.Rebinding when awaited && reply!.Type == DhcpReply.Ack && IsWhole(reply):
                Bind(reply);
                return null;
            default:
                Ignored++;
                return null;
        }
    }

    private byte[] Begin(long nowMs)
    {
        Lease = null;
        _offer = null;
        _state = State.Selecting;
        _tries = 0;
        return SendDiscover(nowMs);
    }

    private byte[] SendDiscover(long nowMs)
    {
        NewTransaction();
        DueMs = nowMs + Wait(_tries++);
        Sent++;
        return DhcpQuery.Write(DhcpReply.Discover, _hardwareAddress, _name, _transaction, IPAddress.Any, _wanted, null);
    }

    private byte[] SendRequest(long nowMs)
    {
        // RFC 2131 4.4.1: the lease counts from when it was asked for.
        _askedMs = nowMs;
        DueMs = nowMs + Wait(_tries++);
        Sent++;
        return DhcpQuery.Write(DhcpReply.Request, _hardwareAddress, _name, _transaction, IPAddress.Any, _offer!.Address, _offer.Server);
    }

    private byte[] SendRebind(long nowMs)
    {
        _askedMs = nowMs;
        DueMs = Math.Min(nowMs + Wait(_tries++), _expiryMs);
        Sent++;
        return DhcpQuery.Write(DhcpReply.Request, _hardwareAddress, _name, _transaction, Lease!.Address, null, null);
    }

    private void Bind(DhcpReply ack)
    {
        Lease = new DhcpLease
        {
            Address = ack.Address,
            Netmask = ack.Mask,
            Router = ack.Gateway,
            NameServers = ack.NameServers,
            Server = ack.Server,
            Seconds = ack.LeaseSeconds,
        };
        _state = State.Bound;

        // RFC 2131 3.3: all ones = for ever. 4.4.5: T2 is 7/8 of the lease.
        bool endless = ack.LeaseSeconds == uint.MaxValue;
        _expiryMs = endless ? long.MaxValue : _askedMs + (ack.LeaseSeconds * 1000L);
        DueMs = endless ? long.MaxValue : _askedMs + (ack.LeaseSeconds * 875L);
    }

    // The mask, too, as lwIP has no classes to guess it from.
    private bool IsWhole(DhcpReply ack)
    {
        IPAddress expected = _state == State.Requesting ? _offer!.Address : Lease!.Address;
        return ack.Address.Equals(expected) && IsHost(ack.Server) && !ack.Mask.Equals(IPAddress.Any) && ack.LeaseSeconds > 0 &&
            (_state == State.Rebinding || ack.Server.Equals(_offer!.Server));
    }

    private static bool IsHost(IPAddress address)
    {
        byte first = address.GetAddressBytes()[0];
        return first is > 0 and < 224 and not 127;
    }

    private void NewTransaction()
    {
        _transaction = (uint)_random.NextInt64(1L << 32);
    }

    // RFC 2131 4.1: doubled each time and randomised. It begins with lwIP's 2 s, not the 4 s of the RFC's example.
    private long Wait(int tries)
    {
        long wait = Math.Min(FirstWaitMs << Math.Min(tries, 10), LongestWaitMs);
        return wait + _random.NextInt64(-wait / 4, (wait / 4) + 1);
    }
}
