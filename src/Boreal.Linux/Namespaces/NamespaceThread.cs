using System.Runtime.ExceptionServices;

namespace Boreal.Linux.Namespaces;

/// <summary>
/// Runs code in other namespaces on a thread made for it, which ends afterwards: per-thread kernel state must never get
/// back to the pool. The code must stay synchronous; what it awaits would go on on a thread of the host.
/// </summary>
public static class NamespaceThread
{
    private const int StackBytes = 256 * 1024;

    /// <summary>Runs <paramref name="work"/> in fresh namespaces of the given kinds.</summary>
    public static T Unshared<T>(NamespaceKinds kinds, Func<T> work) =>
        OnOwnThread(() =>
        {
            Unshare(kinds);
            return work();
        });

    /// <summary>Runs <paramref name="work"/> inside the namespace that <paramref name="path"/> names (a bind mount or /proc/PID/ns/X).</summary>
    public static T Run<T>(string path, NamespaceKinds kind, Func<T> work) => Run([(path, kind)], work);

    /// <summary>Runs <paramref name="work"/> inside several namespaces, joined in the given order.</summary>
    public static T Run<T>(IReadOnlyList<(string Path, NamespaceKinds Kind)> namespaces, Func<T> work) =>
        OnOwnThread(() =>
        {
            // Joining a mount namespace is refused while the file system state is shared with other threads.
            if (namespaces.Any(entry => entry.Kind is NamespaceKinds.Mount)) Unshare(NamespaceKinds.FileSystem);
            foreach (var (path, kind) in namespaces) NamespaceCalls.Join(path, kind);
            return work();
        });

    private static void Unshare(NamespaceKinds kinds) =>
        NamespaceCalls.Unshare(kinds.HasFlag(NamespaceKinds.Mount) ? kinds | NamespaceKinds.FileSystem : kinds);

    private static T OnOwnThread<T>(Func<T> work)
    {
        var result = default(T);
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackBytes)
        { IsBackground = true, Name = "namespace" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        // Without a failure the work has assigned its result.
        return result!;
    }
}
