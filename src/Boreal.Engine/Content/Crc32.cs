namespace Boreal.Engine.Content;

/// <summary>Arithmetic on gzip's checksums (CRC-32, reflected polynomial EDB88320).</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xedb88320;

    /// <summary>The checksum of two pieces in a row from those of each, and the second one's length.</summary>
    public static uint Combine(uint first, uint second, long secondLength) => Multiply(PowerOfX(secondLength * 8), first) ^ second;

    // Polynomials over GF(2) modulo the CRC's: bit 31 is x^0.
    private static uint Multiply(uint a, uint b)
    {
        uint product = 0;
        for (var bit = 0x80000000; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0)
                product ^= b;
            b = (b & 1) == 0 ? b >> 1 : (b >> 1) ^ Polynomial;
        }

        return product;
    }

    // x^n by squaring.
    private static uint PowerOfX(long n)
    {
        uint power = 0x80000000;
        uint square = 0x40000000;
        for (; n != 0; n >>= 1)
        {
            if ((n & 1) != 0)
                power = Multiply(power, square);
            square = Multiply(square, square);
        }

        return power;
    }
}
