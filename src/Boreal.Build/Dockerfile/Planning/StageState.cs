using Boreal.Build.Dockerfile.Instructions;
using Boreal.Build.Dockerfile.Outline;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Stages;
using Boreal.Build.Graph;
using Boreal.Oci.Images;

namespace Boreal.Build.Dockerfile.Planning;

/// <summary>
/// A stage on its way to operations. Images that a COPY or a mount names are stages without instructions.
/// Owned by one planner, which works through it on one thread.
/// </summary>
internal sealed class StageState
{
    public StageState(Stage stage, OutlineRecord outline)
    {
        Stage = stage;
        Base = stage.Base;
        DisplayName = stage.Name;
        Outline = outline;
    }

    public Stage Stage { get; }

    public string Name => Stage.Name;

    public LineRange Lines => Stage.Lines;

    /// <summary>What it starts from, with variables expanded, later the full reference.</summary>
    public string Base { get; set; }

    /// <summary>As progress names it; empty when there is no other.</summary>
    public string DisplayName { get; set; }

    /// <summary>No stage of the file: an image or context used by its name.</summary>
    public bool IsImplicit { get; init; }

    public StageState? BaseStage { get; set; }

    public NamedContext? Context { get; set; }

    public List<PlannedInstruction> Instructions { get; } = [];

    /// <summary>Stages used other than as base, with the instruction that does.</summary>
    public Dictionary<StageState, Instruction> Dependencies { get; } = [];

    public BuildPlatform? Platform { get; set; }

    public ImageDraft? Image { get; set; }

    /// <summary>The base image's configuration as it came.</summary>
    public ImageConfig? BaseImage { get; set; }

    public TreeState State { get; set; } = new();

    /// <summary>Arguments declared so far, those of base stages first.</summary>
    public List<ArgDefinition> Arguments { get; } = [];

    /// <summary>What others read of the stage's files; shared with the stages that it is based on.</summary>
    public UsedPaths UsedPaths { get; set; } = new();

    public OutlineRecord Outline { get; set; }

    public StepNames Names { get; } = new();

    public bool IsResolved { get; set; }

    public bool IsPlanned { get; set; }

    public bool HasTriggers { get; set; }

    public bool IgnoresCache { get; init; }

    /// <summary>A WORKDIR was in the file before.</summary>
    public bool HasWorkdir { get; set; }

    public Instruction? LastCmd { get; set; }

    public Instruction? LastEntrypoint { get; set; }

    public Instruction? LastHealthCheck { get; set; }

    /// <summary>The draft of a stage that was resolved.</summary>
    public ImageDraft Draft
    {
        get => Image ?? throw new InvalidOperationException($"stage '{DisplayName}' has no image yet");
        set => Image = value;
    }

    /// <summary>Takes over what the base stage has become.</summary>
    public void Inherit()
    {
        if (BaseStage is not { } parent) return;
        State = parent.State;
        Platform = parent.Platform;
        Image = parent.Image is { } image ? image with { Triggers = [] } : null;
        BaseImage = parent.BaseImage;
        UsedPaths = parent.UsedPaths;
        HasWorkdir = parent.HasWorkdir;
        Arguments.AddRange(parent.Arguments);
    }
}
