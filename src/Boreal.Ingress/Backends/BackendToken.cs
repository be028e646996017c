using System.Security.Cryptography;
using System.Text;

namespace Boreal.Ingress.Backends;

/// <summary>A task's name in cookies: tells a client nothing, and is the same after a restart.</summary>
internal static class BackendToken
{
    private const int Length = 8;

    public static string Of(string taskId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(taskId)).AsSpan(0, Length));
}
