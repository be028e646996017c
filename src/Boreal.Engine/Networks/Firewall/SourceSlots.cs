using System.Security.Cryptography;

namespace Boreal.Engine.Networks.Firewall;

/// <summary>
/// Divides source addresses, hashed to slots, among targets: each slot goes to the target with the highest hash of both, so
/// that a target that comes or goes moves only its own share of the clients.
/// </summary>
internal static class SourceSlots
{
    public const int Count = 512;

    /// <summary>The target of every slot.</summary>
    public static IReadOnlyList<FrontTarget> Of(IReadOnlyList<FrontTarget> targets)
    {
        var slots = new FrontTarget[Count];
        var best = new ulong[Count];
        Span<byte> input = stackalloc byte[16 + sizeof(ushort) + sizeof(ushort)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var target in targets)
        {
            input.Clear();
            target.Address.TryWriteBytes(input, out _);
            BitConverter.TryWriteBytes(input[16..], target.Port ?? 0);
            for (var slot = 0; slot < Count; slot++)
            {
                BitConverter.TryWriteBytes(input[18..], (ushort)slot);
                SHA256.HashData(input, hash);
                var weight = BitConverter.ToUInt64(hash) | 1;
                if (weight <= best[slot]) continue;
                best[slot] = weight;
                slots[slot] = target;
            }
        }

        return slots;
    }
}
