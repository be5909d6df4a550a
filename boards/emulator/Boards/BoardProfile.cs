namespace IoTNet.Emulator;

/// <summary>A kind of board: its name, and what its firmware's network stack has room for.</summary>
/// <remarks>
/// The table's sources, all in nanoframework/nf-interpreter (commit a3e8139): [E] targets/ESP32/_IDF/sdkconfig.default,
/// [C3] sdkconfig.default.esp32c3, [S3] sdkconfig.default.esp32s3, and for what they leave out the defaults of ESP-IDF's
/// components/lwip/Kconfig [K]; [S] targets/ChibiOS/_include/lwipopts.h (the STM32F769I-Discovery's own file is blank on
/// purpose), and for what it leaves out the defaults of lwIP's opt.h [O]; the STM32F769I-Discovery's heap is the external
/// RAM of its STM32F76xx_CLR.ld.
/// <code>
///                  sockets  tcp     listen  udp     raw     mss      window     send buffer  queue   IPv6
/// ESP32            16 [E]   16 [K]  8 [E]   16 [K]  16 [K]  1440 [K] 5760 [K]   5760 [K]     6 [K]   no [E]
/// ESP32-C3         8 [C3]   16 [K]  4 [C3]  16 [K]  16 [K]  1440 [K] 5760 [K]   5760 [K]     6 [K]   no [C3]
/// ESP32-S3         16 [S3]  16 [K]  8 [S3]  16 [K]  16 [K]  1440 [K] 5760 [K]   5760 [K]     6 [K]   no [S3]
/// STM32            4 [S]    5 [S]   8 [S]   4 [S]   0 [S]   1480 [S] 5920 [O]   2960 [O]     4 [S]   no [S]
/// </code>
/// The 1,480 of the STM32 boards counts as 1,460, as on the board: lwIP cuts it to what an Ethernet frame holds.
/// </remarks>
public sealed record BoardProfile
{
    /// <summary>Name for the command line, in small letters.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Description { get; init; }

    /// <summary>Whether it comes to the network by Wi-Fi; else by cable.</summary>
    public bool IsWireless { get; init; }

    /// <summary>What its stack has room for.</summary>
    public required StackLimits Limits { get; init; }

    /// <summary>ESP32.</summary>
    public static BoardProfile Esp32 { get; } = new()
    {
        Name = "esp32",
        Description = "ESP32, nanoFramework firmware ESP32_REV3",
        IsWireless = true,
        Limits = Espressif(sockets: 16, listeners: 8),
    };

    /// <summary>ESP32-C3.</summary>
    public static BoardProfile Esp32C3 { get; } = new()
    {
        Name = "esp32-c3",
        Description = "ESP32-C3, nanoFramework firmware ESP32_C3",
        IsWireless = true,
        Limits = Espressif(sockets: 8, listeners: 4),
    };

    /// <summary>ESP32-S3.</summary>
    public static BoardProfile Esp32S3 { get; } = new()
    {
        Name = "esp32-s3",
        Description = "ESP32-S3, nanoFramework firmware ESP32_S3",
        IsWireless = true,
        Limits = Espressif(sockets: 16, listeners: 8),
    };

    /// <summary>STM32F769I-Discovery, on Ethernet.</summary>
    public static BoardProfile Stm32F769IDiscovery { get; } = new()
    {
        Name = "stm32f769i-discovery",
        Description = "STM32F769I-Discovery, nanoFramework firmware ST_STM32F769I_DISCOVERY",
        Limits = ChibiOS(heapBytes: 13_631_488),
    };

    /// <summary>Any STM32 with ChibiOS and the options as nanoFramework ships them.</summary>
    public static BoardProfile Stm32 { get; } = new()
    {
        Name = "stm32",
        Description = "STM32 with ChibiOS, nanoFramework's default network options",
        Limits = ChibiOS(heapBytes: 0),
    };

    /// <summary>No board's limits, only lwIP's own: for development, and to see what a board's limits change.</summary>
    public static BoardProfile Unlimited { get; } = new()
    {
        Name = "unlimited",
        Description = "lwIP without a board's limits",
        Limits = new StackLimits
        {
            Sockets = 1024,
            TcpConnections = 1024,
            TcpListeners = 256,
            UdpSockets = 256,
            RawSockets = 64,
            MaximumSegment = 1460,
            ReceiveWindow = LwipTcpPcb.MaxWindow,
            SendBuffer = LwipTcpPcb.MaxWindow,
            DatagramQueue = 256,
            HasIPv6 = true,
            HeapBytes = 0,
        },
    };

    /// <summary>All profiles.</summary>
    public static IReadOnlyList<BoardProfile> All { get; } = [Esp32, Esp32C3, Esp32S3, Stm32F769IDiscovery, Stm32, Unlimited];

    /// <summary>Finds a profile by name; case does not matter.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The profile, or null.</returns>
    public static BoardProfile? Find(string name)
    {
        return All.FirstOrDefault(profile => profile.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    private static StackLimits Espressif(int sockets, int listeners)
    {
        return new StackLimits
        {
            Sockets = sockets,
            TcpConnections = 16,
            TcpListeners = listeners,
            UdpSockets = 16,
            RawSockets = 16,
            MaximumSegment = 1440,
            ReceiveWindow = 5760,
            SendBuffer = 5760,
            DatagramQueue = 6,
            HasIPv6 = false,
            HeapBytes = 0,
        };
    }

    private static StackLimits ChibiOS(int heapBytes)
    {
        return new StackLimits
        {
            Sockets = 4,
            TcpConnections = 5,
            TcpListeners = 8,
            UdpSockets = 4,
            RawSockets = 0,
            MaximumSegment = 1460,
            ReceiveWindow = 5920,
            SendBuffer = 2960,
            DatagramQueue = 4,
            HasIPv6 = false,
            HeapBytes = heapBytes,
        };
    }
}
