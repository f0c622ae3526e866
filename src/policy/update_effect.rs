//! The effect of an update on an image.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateEffect {
    /// The update adds or changes the image or its effective pull policy, or nothing is known of
    /// how it was before.
    Added,
    /// The image is unchanged, and the update starts no Pod that would not have started anyway.
    Unchanged(Unchanged),
    /// The image is unchanged, but the update restarts its Pods, which pull it again.
    Restarted(PodStart),
}

/// Why an image that an update leaves unchanged only warns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unchanged {
    /// The update leaves the image and its Pods alone.
    LeftAlone,
    /// The image was there before. What the update does to its Pods is not known, or they start
    /// on schedule anyway, like those of a CronJob.
    ThereBefore,
    /// The image was there before, in a Job that is suspended.
    Suspended,
}

/// The time at which the Pods of a changed template start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PodStart {
    /// The update replaces the Pods that run.
    Now,
    /// The Deployment is paused.
    WhenResumed,
    /// The update strategy is `OnDelete`.
    WhenDeleted,
}
