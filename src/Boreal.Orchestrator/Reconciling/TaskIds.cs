using System.Security.Cryptography;

namespace Boreal.Orchestrator.Reconciling;

/// <summary>Ids of tasks: 24 hex digits.</summary>
internal static class TaskIds
{
    private const int Length = 24;

    public static string Create() => RandomNumberGenerator.GetHexString(Length, lowercase: true);
}
