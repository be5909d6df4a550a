// RFC 7748 5: X25519.
namespace IoTNet
{
    /// <summary>Key agreement on Curve25519. One object serves one thread; it is made for a handshake and thrown away.</summary>
    internal sealed class Curve25519
    {
        /// <summary>Length of secret keys, public keys and results.</summary>
        public const int KeyBytes = 32;

        // RFC 7748 4.1: the u-coordinate of the base point is 9.
        private static readonly byte[] s_base = MakeBase();

        // RFC 7748 5: (486662 - 2) / 4.
        private static readonly long[] s_a24 = { 121665 };

        private readonly byte[] _scalar = new byte[KeyBytes];
        private readonly long[] _x1 = new long[Field25519.Limbs];
        private readonly long[] _x2 = new long[Field25519.Limbs];
        private readonly long[] _z2 = new long[Field25519.Limbs];
        private readonly long[] _x3 = new long[Field25519.Limbs];
        private readonly long[] _z3 = new long[Field25519.Limbs];
        private readonly long[] _a = new long[Field25519.Limbs];
        private readonly long[] _b = new long[Field25519.Limbs];
        private readonly long[] _c = new long[Field25519.Limbs];
        private readonly long[] _d = new long[Field25519.Limbs];

        /// <summary>The public key of a secret key.</summary>
        public void PublicKey(byte[] result, byte[] secretKey)
        {
            Multiply(result, secretKey, s_base);
        }

        /// <summary>result = scalar * point.</summary>
        /// <param name="result">Takes 32 bytes; may be one of the others.</param>
        /// <param name="scalar">A secret key; its bits are set as RFC 7748 5 says.</param>
        /// <param name="point">A public key.</param>
        /// <returns>False when the result is zero: the point was one of the few that let whoever sends it foretell the shared
        /// key, so the peer must be refused (RFC 7748 6.1).</returns>
        public bool Multiply(byte[] result, byte[] scalar, byte[] point)
        {
            System.Array.Copy(scalar, 0, _scalar, 0, KeyBytes);
            _scalar[0] &= 248;
            _scalar[31] = (byte)((_scalar[31] & 127) | 64);

            Field25519.Unpack(_x1, point);
            System.Array.Copy(_x1, 0, _x3, 0, Field25519.Limbs);
            SetSmall(_x2, 1);
            SetSmall(_z2, 0);
            SetSmall(_z3, 1);
            int swap = 0;
            for (int t = 254; t >= 0; t--)
            {
                int bit = (_scalar[t >> 3] >> (t & 7)) & 1;
                swap ^= bit;
                Field25519.Swap(swap, _x2, _x3);
                Field25519.Swap(swap, _z2, _z3);
                swap = bit;
                Step();
            }

            // The last bit of a scalar is 0: nothing is left to be exchanged.
            Field25519.Invert(_a, _z2, _b);
            Field25519.Multiply(_a, _a, Field25519.Limbs, _x2);
            Field25519.Pack(result, _a);
            System.Array.Clear(_scalar, 0, KeyBytes);
            int any = 0;
            for (int i = 0; i < KeyBytes; i++)
            {
                any |= result[i];
            }

            return any != 0;
        }

        // RFC 7748 5, the body of the loop; the names of its steps stand beside ours.
        private void Step()
        {
            Field25519.AddSubtract(_a, _b, _x2, _z2); // A, B
            Field25519.AddSubtract(_c, _d, _x3, _z3); // C, D
            Field25519.Multiply(_d, _d, Field25519.Limbs, _a); // DA
            Field25519.Multiply(_c, _c, Field25519.Limbs, _b); // CB
            Field25519.AddSubtract(_x3, _z3, _d, _c); // DA + CB, DA - CB
            Field25519.Multiply(_x3, _x3, Field25519.Limbs, _x3);
            Field25519.Multiply(_z3, _z3, Field25519.Limbs, _z3);
            Field25519.Multiply(_z3, _z3, Field25519.Limbs, _x1);
            Field25519.Multiply(_a, _a, Field25519.Limbs, _a); // AA
            Field25519.Multiply(_b, _b, Field25519.Limbs, _b); // BB
            Field25519.Multiply(_x2, _a, Field25519.Limbs, _b);
            Field25519.AddSubtract(_c, _d, _a, _b); // E = AA - BB
            Field25519.Multiply(_c, s_a24, 1, _d);
            Field25519.AddSubtract(_c, _b, _c, _a); // AA + a24 * E
            Field25519.Multiply(_z2, _d, Field25519.Limbs, _c);
        }

        private static void SetSmall(long[] number, int value)
        {
            System.Array.Clear(number, 0, Field25519.Limbs);
            number[0] = value;
        }

        private static byte[] MakeBase()
        {
            byte[] point = new byte[KeyBytes];
            point[0] = 9;
            return point;
        }
    }
}
