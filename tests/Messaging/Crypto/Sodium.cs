using System.Runtime.InteropServices;

namespace IoTNet.Tests.Messaging;

/// <summary>libsodium as a peer: it comes with libzmq.</summary>
internal static class Sodium
{
    private const string Library = "libsodium.so.23";

    /// <summary>Leaves the test as "skipped" where there is no libsodium.</summary>
    public static void Need()
    {
        if (!NativeLibrary.TryLoad(Library, out _))
        {
            Assert.Inconclusive(Library + " is not installed; tools/setup.sh does that");
        }
    }

    /// <returns>0; -1 when the result is zero.</returns>
    [DllImport(Library, EntryPoint = "crypto_scalarmult_curve25519")]
    public static extern int Multiply(byte[] result, byte[] scalar, byte[] point);

    [DllImport(Library, EntryPoint = "crypto_scalarmult_curve25519_base")]
    public static extern int PublicKey(byte[] result, byte[] scalar);

    [DllImport(Library, EntryPoint = "crypto_box_beforenm")]
    public static extern int ShareKey(byte[] key, byte[] publicKey, byte[] secretKey);

    [DllImport(Library, EntryPoint = "crypto_box_easy")]
    public static extern int Box(byte[] box, byte[] message, ulong length, byte[] nonce, byte[] publicKey, byte[] secretKey);

    [DllImport(Library, EntryPoint = "crypto_box_open_easy")]
    public static extern int OpenBox(byte[] message, byte[] box, ulong length, byte[] nonce, byte[] publicKey, byte[] secretKey);

    [DllImport(Library, EntryPoint = "crypto_secretbox_easy")]
    public static extern int Seal(byte[] box, byte[] message, ulong length, byte[] nonce, byte[] key);

    [DllImport(Library, EntryPoint = "crypto_core_hsalsa20")]
    public static extern int HSalsa20(byte[] result, byte[] input, byte[] key, byte[]? constant);

    [DllImport(Library, EntryPoint = "crypto_stream_salsa20")]
    public static extern int Stream(byte[] result, ulong length, byte[] nonce, byte[] key);

    [DllImport(Library, EntryPoint = "crypto_onetimeauth_poly1305")]
    public static extern int Tag(byte[] tag, byte[] message, ulong length, byte[] key);
}
