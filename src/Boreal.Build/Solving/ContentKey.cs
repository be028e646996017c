using System.Security.Cryptography;
using Boreal.Build.Caching;
using Boreal.Build.Graph;
using Boreal.Build.Trees;
using Boreal.Engine.Layers;

namespace Boreal.Build.Solving;

/// <summary>What a step is known by when the content of its inputs is looked at: of copies only the files that are copied.</summary>
internal static class ContentKey
{
    /// <exception cref="Builds.BuildException">Files that must be there are not.</exception>
    public static string Of(Operation operation, StepInputs inputs, BuildLayers layers, CancellationToken cancellationToken) => operation switch
    {
        FileOperation file => StepKey.Of(operation, [inputs.LayersOf(file.Base).Key, .. file.Actions.Select(action => Name(action, inputs, layers, cancellationToken))]),
        RunOperation run => StepKey.Of(operation, [inputs.LayersOf(run.Root).Key, .. run.Mounts.Select(mount => Name(mount, inputs, layers, cancellationToken))]),
        _ => throw new InvalidOperationException($"{operation.GetType().Name} makes no layer"),
    };

    private static string Name(FileAction action, StepInputs inputs, BuildLayers layers, CancellationToken cancellationToken)
    {
        if (action is not CopyAction copy)
            return "";
        var tree = inputs.Of(copy.Source);
        return StepKey.OfContent(tree is SolvedTree.Received { Folder: var folder } ? folder.Memory.DigestOf(ChoiceOf(copy), Compute) : Compute());

        byte[] Compute()
        {
            using var source = SourceTree.Open(tree, layers);
            using var digest = new SelectionDigest(source.IsReceived);
            CopySelection.Walk(copy, source.Root, digest, digest.Begin, cancellationToken);
            return digest.Complete();
        }
    }

    private static string Name(MountPoint mount, StepInputs inputs, BuildLayers layers, CancellationToken cancellationToken)
    {
        switch (inputs.Of(mount.Source))
        {
            case SolvedTree.Layered layered:
                return layered.Key;
            case SolvedTree.Received { Folder: var folder } received:
                return StepKey.OfContent(folder.Memory.DigestOf("mount:" + mount.SourcePath, () => Compute(received)));
            case var tree:
                throw new InvalidOperationException($"{tree.GetType().Name} can't be mounted");
        }

        byte[] Compute(SolvedTree received)
        {
            using var source = SourceTree.Open(received, layers);
            using var digest = new SelectionDigest(source.IsReceived);
            var (folder, name) = RootedPath.Split(RootedPath.Resolve(source.Root, mount.SourcePath));
            using var parent = RootedPath.OpenFolder(source.Root, folder == "." ? "" : folder);
            new SelectionWalk(digest, null, null, cancellationToken).Entry(parent, name);
            return digest.Complete();
        }
    }

    private static string ChoiceOf(CopyAction copy)
    {
        var writer = new CanonicalWriter();
        copy.Write(writer);
        return Convert.ToHexStringLower(SHA256.HashData(writer.Written.Span));
    }
}
