namespace IoTNet.Bench;

/// <summary>Where the two ends of a wire are: on which stack, under which address.</summary>
internal sealed record Ends(NetworkStack Near, IPAddress NearAddress, NetworkStack Far, IPAddress FarAddress)
{
    /// <summary>Both on one stack's loopback.</summary>
    public static Ends On(NetworkStack stacks) => new(stacks, IPAddress.Loopback, stacks, IPAddress.Loopback);
}
